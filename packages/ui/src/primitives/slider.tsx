import { type ComponentProps, type ReactNode, useId } from "react";
import styles from "./slider.module.css";

export interface SliderProps extends Omit<ComponentProps<"input">, "type" | "value" | "onChange"> {
  /** What is chosen, with its value; left out where `aria-label` says it. */
  label?: ReactNode;
  value: number;
  onChoose: (value: number) => void;
}

/** A number chosen by sliding, with its name above. */
export function Slider({ label, onChoose, ...input }: SliderProps) {
  const id = useId();
  const range = (
    <input
      id={id}
      {...input}
      type="range"
      className={styles.slider}
      onChange={(event) => onChoose(Number(event.target.value))}
    />
  );
  return label === undefined ? (
    range
  ) : (
    <label className={styles.label} htmlFor={id}>
      {label}
      {range}
    </label>
  );
}
