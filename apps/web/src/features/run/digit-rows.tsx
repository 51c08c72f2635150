import type { ReactNode } from "react";
import styles from "./digit-rows.module.css";

interface DigitRow {
  label: string;
  /** A picture of digits side by side, 28 pixels each, in one row or two. */
  address: string;
  /** Which ten of them are shown. */
  at: "top" | "bottom" | "left" | "right";
  alt: string;
}

/** Rows of ten digits, each with its name: whole at any width. */
export function DigitRows({ rows, caption }: { rows: readonly DigitRow[]; caption?: ReactNode }) {
  return (
    <figure>
      <dl className={styles.rows}>
        {rows.map(({ label, address, at, alt }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {/* biome-ignore lint/performance/noImgElement: a picture that the server draws, served as it is */}
              <img src={address} alt={alt} width="280" height="28" data-at={at} />
            </dd>
          </div>
        ))}
      </dl>
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
