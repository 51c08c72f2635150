"use client";
import { Fold, Scroll, signed } from "@autoencoder/ui";
import styles from "./home.module.css";

const perRow = 8;

/** The code's values in rows of eight, in a fold. */
export function CodeTable({ code }: { code: Float32Array | undefined }) {
  if (!code) return null;
  const rows = Array.from({ length: Math.ceil(code.length / perRow) }, (_, row) => row * perRow);
  return (
    <Fold summary={`The ${code.length} numbers as a table`} className={styles.table} data-part="numbers">
      <Scroll label="The code's numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">value</th>
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
                <th scope="row">{first}</th>
                {Array.from(code.subarray(first, first + perRow), (value, column) => (
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
