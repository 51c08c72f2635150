"use client";
import type { SumTerms, TermGroup } from "@autoencoder/model";
import { fixed, printedSum } from "../format.ts";
import { groupName } from "./names.ts";
import { Rounded } from "./rounded.tsx";
import styles from "./waterfall.module.css";
import { waterfallOf } from "./waterfall.ts";

export interface WaterfallTableProps {
  terms: SumTerms;
  /** The group whose products are shown. */
  chosen: number | undefined;
  onChoose: (group: number) => void;
}

/** A value as the sum it is: the largest parts as bars that start where the one before ended, the rest as one, the bias. */
export function WaterfallTable({ terms, chosen, onChoose }: WaterfallTableProps) {
  const { steps, low, high } = waterfallOf(terms);
  const width = high - low || 1;
  const bar = (from: number, value: number) => ({
    left: `${((Math.min(from, from + value) - low) / width) * 100}%`,
    width: `${(Math.abs(value) / width) * 100}%`,
  });
  const { parts, sum, printed } = printedSum(
    steps.map(({ value }) => value),
    terms.sum,
  );
  return (
    <table className={styles.waterfall}>
      <caption className="visually-hidden">The sum, largest parts first</caption>
      <tbody>
        {steps.map(({ kind, index, from, value, count }, at) => (
          <tr key={`${kind}${index}`} data-kind={kind} data-chosen={index !== undefined && index === chosen}>
            <th scope="row">
              {index === undefined ? (
                <span>{kind === "bias" ? "bias" : `${count} others`}</span>
              ) : (
                <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
                  {groupName(terms.groups[index] as TermGroup, terms.by)}
                </button>
              )}
            </th>
            <td aria-hidden="true">
              <span data-part="zero" style={{ left: `${(-low / width) * 100}%` }} />
              <span data-part={value < 0 ? "negative" : "positive"} style={bar(from, value)} />
            </td>
            <td className="number" data-part="value">
              {parts[at]}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr data-kind="sum">
          <th scope="row" colSpan={2}>
            sum
            <Rounded printed={printed} />
          </th>
          <td className="number" data-part="value">
            {sum}
          </td>
        </tr>
        <tr data-kind="value">
          <th scope="row" colSpan={2}>
            {activationText[terms.activation]}
          </th>
          <td className="number" data-part="value">
            {fixed(terms.value)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

const activationText = {
  relu: "ReLU: what is below 0 becomes 0",
  sigmoid: "sigmoid: 1 / (1 + e to the −sum)",
  linear: "no activation: the sum itself",
} as const;
