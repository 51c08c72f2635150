"use client";
import type { ValueTerms } from "@autoencoder/model";
import { counted, fixed, mapScale, signed } from "@autoencoder/ui";
import { type ReactNode, useState } from "react";
import type { View } from "./view-state.ts";
import styles from "./viewer.module.css";

/** No map is known to be dead. */
export const none: ReadonlySet<number> = new Set();

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
  maps: number;
  shared: boolean;
  onShared: (shared: boolean) => void;
  values: Float32Array | undefined;
  map: Float32Array | undefined;
  silent: number;
  /** Undefined where the run has no statistics. */
  dead: number | undefined;
}

/** What black and white mean on the sheet, and what its marks mean. */
export function ScaleLine({ maps, shared, onShared, values, map, silent, dead }: ScaleLineProps) {
  const scale = mapScale((shared ? values : map) ?? new Float32Array(1));
  return (
    <div className={styles.scale}>
      {maps > 1 && (
        <span className="segmented">
          <button type="button" aria-pressed={shared} onClick={() => onShared(true)}>
            one scale
          </button>
          <button type="button" aria-pressed={!shared} onClick={() => onShared(false)}>
            one each
          </button>
        </span>
      )}
      {values && (
        <span className={styles.greys}>
          <span className="number">{fixed(scale.low, 2)}</span>
          <span aria-hidden="true" />
          <span className="number">{fixed(scale.high, 2)}</span>
          {!shared && <small> (the chosen map)</small>}
        </span>
      )}
      {maps > 1 && (
        <p className="note">
          {counted(silent)} silent for this digit (hollow corner)
          {dead !== undefined && `, ${counted(dead)} dead for all test digits (crossed corner)`}.
        </p>
      )}
    </div>
  );
}

interface ReadoutProps {
  /** Where the value is. */
  place: string;
  terms: ValueTerms;
}

/** The chosen value in two lines: where and what it is, and what it is made of. */
export function Readout({ place, terms }: ReadoutProps) {
  return (
    <span className={styles.readoutText}>
      <span>
        {place} = <b className="number">{fixed(terms.value)}</b>
      </span>
      <small className="number">
        {terms.kind === "sum" &&
          `Σ ${signed(terms.sum - terms.bias, 4)} + bias ${signed(terms.bias, 4)} → ${activationName[terms.activation]} ${fixed(terms.value)}`}
        {terms.kind === "pool" && `the largest of ${terms.candidates.length}`}
        {terms.kind === "copy" && `a copy, one of ${terms.copies.length}`}
        {terms.kind === "input" && "a pixel of the input"}
      </small>
    </span>
  );
}

/** An activation within a line: sum → ReLU value. */
export const activationName = { relu: "ReLU", sigmoid: "sigmoid", linear: "linear" } as const;

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
export function Fold({ summary, part, children }: { summary: string; part?: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="more" data-part={part} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}

interface MapTableProps {
  map: Float32Array;
  width: number;
  name: string;
  /** Whether the numbers are those of a vector, in rows of `width` and counted from 1. */
  vector?: boolean;
}

/** The map's numbers as a table, on demand. */
export function MapTable(props: MapTableProps) {
  const { map, vector } = props;
  return (
    <Fold
      part="numbers"
      summary={
        vector ? `The ${counted(map.length)} numbers as a table` : `Its ${counted(map.length)} numbers as a table`
      }
    >
      <MapNumbers {...props} />
    </Fold>
  );
}

function MapNumbers({ map, width, name, vector = false }: MapTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must take the focus
    <section className={`table-scroll ${styles.numbers}`} tabIndex={0} aria-label={name}>
      <table className="number">
        <thead>
          <tr>
            <th scope="col">{vector ? "from" : "row, col"}</th>
            {Array.from({ length: width }, (_, column) => (
              <th scope="col" key={column}>
                {vector ? `+${column}` : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: map.length / width }, (_, row) => (
            <tr key={row}>
              <th scope="row">{vector ? row * width + 1 : row}</th>
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
