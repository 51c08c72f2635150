"use client";
import { fixed, Table } from "@autoencoder/ui";
import type { ReactNode } from "react";
import ladder from "./ladder.module.css";

export interface Rung {
  name: string;
  value: number;
  /** The one that the page is about. */
  own?: boolean;
  /** What has this loss, as a picture. */
  picture?: ReactNode;
}

export interface LadderTableProps {
  /** What is measured, with its scale. */
  caption: string;
  rungs: readonly Rung[];
}

/** Losses as dots on one logarithmic axis, the largest on top. */
export function LadderTable({ caption, rungs }: LadderTableProps) {
  const sorted = [...rungs].sort((a, b) => b.value - a.value);
  const logs = sorted.map(({ value }) => Math.log10(value));
  const [low, high] = [Math.min(...logs) - 0.1, Math.max(...logs) + 0.1];
  const place = (value: number) => `${((Math.log10(value) - low) / (high - low)) * 100}%`;
  const ticks = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4].filter((tick) => {
    const log = Math.log10(tick);
    return log >= low && log <= high;
  });
  const illustrated = rungs.some(({ picture }) => picture);
  return (
    <Table caption={caption} className={ladder.ladder} data-testid="ladder">
      <tbody>
        {sorted.map(({ name, value, own = false, picture }) => (
          <tr key={name} data-own={own}>
            {illustrated && <td className={ladder.picture}>{picture}</td>}
            <th scope="row">{name}</th>
            <td data-axis aria-hidden="true">
              {ticks.map((tick) => (
                <i key={tick} style={{ left: place(tick) }} />
              ))}
              <span style={{ left: place(value) }} />
            </td>
            <td className="numeric">{fixed(value)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          {illustrated && <td className={ladder.picture} />}
          <td />
          <td data-axis>
            {ticks.map((tick) => (
              <span key={tick} data-tick style={{ left: place(tick) }}>
                {tick}
              </span>
            ))}
          </td>
          <td />
        </tr>
      </tfoot>
    </Table>
  );
}
