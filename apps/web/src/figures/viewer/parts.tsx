"use client";
import type { ValueTerms } from "@autoencoder/model";
import { counted, fixed, mapScale, signed } from "@autoencoder/ui";
import { type ReactNode, useState } from "react";
import type { View } from "./view-state.ts";
import styles from "./viewer.module.css";

/** How many maps are 0 everywhere for this digit. */
export function silentCount(values: Float32Array | undefined, maps: number): number {
  if (!values) return 0;
  const loud = new Set<number>();
  values.forEach((value, at) => {
    if (value !== 0) loud.add(at % maps);
  });
  return maps - loud.size;
}

interface ScaleLineProps {
  shared: boolean;
  onShared: (shared: boolean) => void;
  values: Float32Array | undefined;
  map: Float32Array | undefined;
  silent: number;
  /** Undefined where the run has no statistics. */
  dead: number | undefined;
}

/** What black and white mean on the sheet, and what its marks mean. */
export function ScaleLine({ shared, onShared, values, map, silent, dead }: ScaleLineProps) {
  const scale = mapScale((shared ? values : map) ?? new Float32Array(1));
  return (
    <div className={styles.scale}>
      <span className="segmented">
        <button type="button" aria-pressed={shared} onClick={() => onShared(true)}>
          one scale
        </button>
        <button type="button" aria-pressed={!shared} onClick={() => onShared(false)}>
          one each
        </button>
      </span>
      {values && (
        <span className={styles.greys}>
          <span className="number">{fixed(scale.low, 2)}</span>
          <span aria-hidden="true" />
          <span className="number">{fixed(scale.high, 2)}</span>
          {!shared && <small> (the chosen map)</small>}
        </span>
      )}
      <p className="note">
        {counted(silent)} silent for this digit (hollow corner)
        {dead !== undefined && `, ${counted(dead)} dead for all test digits (crossed corner)`}.
      </p>
    </div>
  );
}

/** The chosen value in two lines: where and what it is, and what it is made of. */
export function Readout({ text, terms }: { text: string; terms: ValueTerms }) {
  return (
    <span className={`number ${styles.readoutText}`}>
      {text}
      <small>
        {terms.kind === "sum" &&
          `Σ ${signed(terms.sum - terms.bias, 4)}, bias ${signed(terms.bias, 4)} → ${terms.activation} ${fixed(terms.value)}`}
        {terms.kind === "pool" && `the largest of ${terms.candidates.length}`}
        {terms.kind === "copy" && `a copy, one of ${terms.copies.length}`}
        {terms.kind === "input" && "a pixel of the input"}
      </small>
    </span>
  );
}

/** A button of 44 px with a sign for a name. */
export function Step({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.step} aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}

/** Four buttons that move the chosen value: a finger covers more than one. */
export function Arrows({
  view,
  size,
  onMove,
}: {
  view: View;
  size: readonly [number, number, number];
  onMove: (row: number, column: number) => void;
}) {
  const inside = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
  const move = (rows: number, columns: number) =>
    onMove(inside(view.row + rows, size[0]), inside(view.column + columns, size[1]));
  return (
    <fieldset className={styles.arrows} aria-label="Move the chosen value">
      <Step label="left" onClick={() => move(0, -1)}>
        ←
      </Step>
      <Step label="up" onClick={() => move(-1, 0)}>
        ↑
      </Step>
      <Step label="down" onClick={() => move(1, 0)}>
        ↓
      </Step>
      <Step label="right" onClick={() => move(0, 1)}>
        →
      </Step>
    </fieldset>
  );
}

/** A fold whose content is made when it is opened, and computes nothing before. */
export function Fold({ summary, children }: { summary: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}

/** The map's numbers as a table, on demand. */
export function MapTable({ map, width, name }: { map: Float32Array; width: number; name: string }) {
  return (
    <Fold summary={`Its ${counted(map.length)} numbers as a table`}>
      <MapNumbers map={map} width={width} name={name} />
    </Fold>
  );
}

function MapNumbers({ map, width, name }: { map: Float32Array; width: number; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must take the focus
    <section className={`table-scroll ${styles.numbers}`} tabIndex={0} aria-label={name}>
      <table className="number">
        <tbody>
          {Array.from({ length: map.length / width }, (_, row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {Array.from(map.subarray(row * width, (row + 1) * width), (value, column) => (
                <td key={column}>{fixed(value, 3)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
