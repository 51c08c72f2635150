import type { ReactNode } from "react";
import styles from "./share-bar.module.css";

export interface ShareBarProps {
  parts: readonly { label: ReactNode; share: number; colour: string }[];
}

/** A whole in its parts, in proportion, with a legend. */
export function ShareBar({ parts }: ShareBarProps) {
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ share, colour }) => (
          <span key={colour} style={{ flexGrow: share, background: colour }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {parts.map(({ label, colour }) => (
          <li key={colour}>
            <i style={{ background: colour }} aria-hidden="true" />
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}
