import type { ReactNode } from "react";
import styles from "./toggle.module.css";

export interface ToggleProps<Option> {
  /** What is chosen with it, for those who do not see it. */
  label: string;
  options: readonly Option[];
  value: Option;
  onChoose: (option: Option) => void;
  /** What stands on an option's button; default: the option itself. */
  name?: (option: Option) => ReactNode;
  /** Whether an option cannot be chosen now. */
  isDisabled?: (option: Option) => boolean;
  className?: string | undefined;
}

/** A row of buttons of which one is pressed; it takes a second line where there is no room. */
export function Toggle<Option>({
  label,
  options,
  value,
  onChoose,
  name = String,
  isDisabled,
  className,
}: ToggleProps<Option>) {
  return (
    <fieldset className={className ? `${styles.toggle} ${className}` : styles.toggle} aria-label={label}>
      {options.map((option, at) => (
        <button
          key={at}
          type="button"
          aria-pressed={option === value}
          disabled={isDisabled?.(option)}
          onClick={() => onChoose(option)}
        >
          {name(option)}
        </button>
      ))}
    </fieldset>
  );
}
