import type { ComponentProps } from "react";
import styles from "./button.module.css";

/** A button with a frame, a thumb high. */
export function Button({ className, ...button }: ComponentProps<"button">) {
  return <button type="button" {...button} className={className ? `${styles.button} ${className}` : styles.button} />;
}
