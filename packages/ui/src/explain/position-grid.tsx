"use client";
import type { SumTerms } from "@autoencoder/model";
import type { CSSProperties } from "react";
import { signed } from "../format.ts";
import styles from "./position-grid.module.css";

export interface PositionGridProps {
  terms: SumTerms;
  chosen: number | undefined;
  onChoose: (group: number) => void;
}

/** A Dense layer's sum laid out as it was read: one tile for each position, teal where it adds, vermilion where it takes away. */
export function PositionGrid({ terms, chosen, onChoose }: PositionGridProps) {
  const columns = 1 + Math.max(...terms.groups.map(({ column }) => column ?? 0));
  const greatest = Math.max(...terms.groups.map(({ subtotal }) => Math.abs(subtotal))) || 1;
  return (
    <div
      role="toolbar"
      aria-label="The sum by position"
      className={styles.positions}
      data-testid="positions"
      data-part="patch"
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
    >
      {terms.groups.map(({ row, column, subtotal }, at) => (
        <button
          key={at}
          type="button"
          aria-pressed={at === chosen}
          aria-label={`row ${row}, col ${column}: ${signed(subtotal, 4)}`}
          title={`row ${row}, col ${column}: ${signed(subtotal, 4)}`}
          data-sign={subtotal < 0 ? "negative" : "positive"}
          style={{ "--strength": `${Math.round((Math.abs(subtotal) / greatest) * 100)}%` } as CSSProperties}
          onClick={() => onChoose(at)}
        />
      ))}
    </div>
  );
}
