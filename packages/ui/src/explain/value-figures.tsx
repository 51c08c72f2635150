import type { CopyTerms, PoolTerms } from "@autoencoder/model";
import { fixed } from "../format.ts";
import styles from "./value-figures.module.css";

/** A pooled value: the values of its window, the greatest of them, which is kept, marked. */
export function PoolFigure({
  terms,
  onGo,
}: {
  terms: PoolTerms;
  onGo?: (at: { row: number; column: number }) => void;
}) {
  const width = new Set(terms.candidates.map(({ column }) => column)).size || 1;
  return (
    <div>
      <div
        className={styles.window}
        data-part="patch"
        data-testid="window"
        style={{ gridTemplateColumns: `repeat(${width}, 1fr)` }}
      >
        {terms.candidates.map(({ row, column, value }, at) => (
          <button key={at} type="button" data-winner={at === terms.winner} onClick={() => onGo?.({ row, column })}>
            <span className="number">{fixed(value)}</span>
            <small>
              row {row}, col {column}
              {at === terms.winner && <b> wins</b>}
            </small>
          </button>
        ))}
      </div>
      <p>
        The largest of {terms.candidates.length} passes on: <b className="number">{fixed(terms.value)}</b>. The others
        go no further; nothing later can bring them back.
      </p>
    </div>
  );
}

/** A copied value: where it comes from, and how many places hold the same number. */
export function CopyFigure({
  terms,
  onGo,
}: {
  terms: CopyTerms;
  onGo?: (at: { row: number; column: number }) => void;
}) {
  return (
    <div>
      <div className={styles.window} data-part="patch" data-testid="window">
        <button type="button" data-winner="true" onClick={() => onGo?.(terms.from)}>
          <span className="number">{fixed(terms.value)}</span>
          <small>
            row {terms.from.row}, col {terms.from.column} of the map before
          </small>
        </button>
      </div>
      <p>
        One value, {terms.copies.length} copies: rows {list(terms.copies.map(({ row }) => row))}, columns{" "}
        {list(terms.copies.map(({ column }) => column))} all hold <b className="number">{fixed(terms.value)}</b>.
        Nothing is added, nothing is learned.
      </p>
    </div>
  );
}

function list(values: readonly number[]): string {
  return [...new Set(values)].join(" and ");
}
