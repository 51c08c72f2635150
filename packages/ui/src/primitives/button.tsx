import type { ComponentProps } from "react";
import styles from "./button.module.css";

export interface ButtonProps extends ComponentProps<"button"> {
  /** For one of many beside what they act on: narrow, with a faint frame. */
  quiet?: boolean;
  /** Cannot be pressed now, and keeps the focus all the same, unlike a disabled one: for a button that waits once it is pressed. */
  unavailable?: boolean;
}

/** A button with a frame, a thumb high. */
export function Button({ quiet = false, unavailable = false, className, onClick, ...button }: ButtonProps) {
  const own = quiet ? `${styles.button} ${styles.quiet}` : styles.button;
  return (
    <button
      type="button"
      {...button}
      aria-disabled={unavailable || undefined}
      onClick={unavailable ? undefined : onClick}
      className={className ? `${own} ${className}` : own}
    />
  );
}
