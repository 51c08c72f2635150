"use client";
import { CodeChart, Fold, fixed, greatestSize, Scroll, signed } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./home.module.css";

/** The code: bars, the value pointed at, and all of them as a table on demand. */
export function CodeFigure({ latent, count }: { latent: Float32Array | undefined; count: number }) {
  const [selected, setSelected] = useState<number>();
  const chosen = selected === undefined ? undefined : latent?.[selected];
  const range = latent ? greatestSize(latent) : 0;
  return (
    <figure className={styles.code}>
      <CodeChart latent={latent} count={count} selected={selected} onSelect={setSelected} className={styles.chart} />
      <figcaption className={styles.caption}>
        <span>
          <b className={styles.latentWord}>{count} numbers</b>, all the decoder gets
        </span>
        <span className="number">
          {chosen === undefined ? latent && `±${fixed(range, 1)}` : `value ${(selected ?? 0) + 1}: ${signed(chosen)}`}
        </span>
      </figcaption>
    </figure>
  );
}

const perRow = 8;

/** The code's values in rows of eight, in a fold. */
export function CodeTable({ latent }: { latent: Float32Array | undefined }) {
  if (!latent) return null;
  const rows = Array.from({ length: Math.ceil(latent.length / perRow) }, (_, row) => row * perRow);
  return (
    <Fold summary={`The ${latent.length} numbers as a table`} className={styles.table} data-part="numbers">
      <Scroll label="The code's numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">from</th>
              {Array.from({ length: perRow }, (_, column) => (
                <th scope="col" key={column}>
                  +{column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((first) => (
              <tr key={first}>
                <th scope="row">{first + 1}</th>
                {Array.from(latent.subarray(first, first + perRow), (value, column) => (
                  <td key={column}>{signed(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Fold>
  );
}
