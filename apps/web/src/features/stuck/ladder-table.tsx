"use client";
import { fixed, Table } from "@autoencoder/ui";
import ladder from "./ladder.module.css";
import type { Rung } from "./losses.ts";

/** Errors on a logarithmic ladder, the largest on top. */
export function LadderTable({ rungs }: { rungs: readonly Rung[] }) {
  const sorted = [...rungs].sort((a, b) => b.mse - a.mse);
  const logs = sorted.map(({ mse }) => Math.log10(mse));
  const low = Math.min(...logs) - 0.15;
  const width = Math.max(...logs) - low;
  return (
    <Table caption="Mean squared error, on a logarithmic scale" className={ladder.ladder} data-testid="ladder">
      <tbody>
        {sorted.map(({ name, mse }) => (
          <tr key={name} data-own={name === "yours" || name === "this run"}>
            <th scope="row">{name}</th>
            <td aria-hidden="true">
              <span style={{ width: `${((Math.log10(mse) - low) / width) * 100}%` }} />
            </td>
            <td className="numeric">{fixed(mse)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
