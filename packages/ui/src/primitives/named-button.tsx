import { Button, type ButtonProps } from "./button.tsx";
import styles from "./named-button.module.css";

export interface NamedButtonProps extends Omit<ButtonProps, "children"> {
  /** All names that the button may have. */
  names: readonly string[];
  /** The one that it has now. */
  name: string;
}

/** A button whose name changes; it is as wide as its longest name, so that nothing beside it moves. */
export function NamedButton({ names, name, ...button }: NamedButtonProps) {
  return (
    <Button {...button}>
      <span className={styles.names}>
        {names.map((one) => (
          <span key={one} data-shown={one === name}>
            {one}
          </span>
        ))}
      </span>
    </Button>
  );
}
