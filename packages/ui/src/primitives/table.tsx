import type { ComponentProps, ReactNode } from "react";
import styles from "./table.module.css";

/** The head of a column: its name, or `{ numeric: name }` for one of numbers, which stand at its right edge. */
export type Column = string | { numeric: ReactNode };

export interface TableProps extends ComponentProps<"table"> {
  /** What it shows, for those who do not see it; left out where `caption` says it. */
  label?: string;
  caption?: ReactNode;
  columns?: readonly Column[];
  /** Rows within `tbody`, and `tfoot`; cells of numbers have the class `numeric`. */
  children: ReactNode;
}

/** A table that scrolls sideways where there is no room; it takes the focus then, so that keys can scroll it. */
export function Table({ label, caption, columns, className, children, ...attributes }: TableProps) {
  const table = (
    <table {...attributes} className={className ? `${styles.table} ${className}` : styles.table}>
      {caption && <caption>{caption}</caption>}
      {columns && (
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" className={typeof column === "string" ? undefined : "numeric"}>
                {typeof column === "string" ? column : column.numeric}
              </th>
            ))}
          </tr>
        </thead>
      )}
      {children}
    </table>
  );
  return label ? <Scroll label={label}>{table}</Scroll> : table;
}

export interface ScrollProps {
  /** What it holds, for those who do not see it. */
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Room that scrolls sideways for what may be wider than the page. */
export function Scroll({ label, className, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section className={className ? `${styles.scroll} ${className}` : styles.scroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
