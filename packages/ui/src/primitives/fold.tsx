import type { ComponentProps, ReactNode } from "react";
import styles from "./fold.module.css";

export interface FoldProps extends ComponentProps<"details"> {
  /** The line that opens it. */
  summary: ReactNode;
}

/** What is closed until it is asked for; it works without script. */
export function Fold({ summary, className, children, ...details }: FoldProps) {
  return (
    <details {...details} className={className ? `${styles.fold} ${className}` : styles.fold}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
