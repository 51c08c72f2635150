import type { ComponentProps } from "react";
import styles from "./button.module.css";

export interface ButtonProps extends ComponentProps<"button"> {
  /** For one of many beside what they act on: narrow, with a faint frame. */
  quiet?: boolean;
}

/** A button with a frame, a thumb high. */
export function Button({ quiet = false, className, ...button }: ButtonProps) {
  const own = quiet ? `${styles.button} ${styles.quiet}` : styles.button;
  return <button type="button" {...button} className={className ? `${own} ${className}` : own} />;
}
