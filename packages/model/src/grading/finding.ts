import type { Estimate, Evidence } from "./evidence.ts";
import type { CheckId, Finding } from "./row.ts";

/** The kinds of findings, and how their numbers are printed. */

export function passed(marks: number, line: string): Finding {
  return { least: marks, most: marks, line };
}

export function lost(line: string, reason: string): Finding {
  return { least: 0, most: 0, line, reason };
}

export function open(most: number, line: string, reason = "not computed yet"): Finding {
  return { least: 0, most, line, reason };
}

/** All of the marks or none. */
export function decided(holds: boolean, marks: number, said: { line: string; reason: string }): Finding {
  return holds ? passed(marks, said.line) : lost(said.line, said.reason);
}

/** A check that needs the weights: lost where they cannot be read, open until they were used. */
export function fromWeights<Value>(
  { blocked }: Evidence,
  value: Value | undefined,
  { marks, of }: { marks: number; of: string },
  find: (value: Value) => Finding,
): Finding {
  if (blocked) return lost(`${of}: not computable`, blocked);
  return value === undefined ? open(marks, of) : find(value);
}

/** A check that is worth nothing unless another has marks: black pictures have some qualities by accident. */
export function gated(gate: Finding, id: CheckId, marks: number, find: () => Finding): Finding {
  if (gate.most === 0) return { ...lost(`no credit while ${id} has none`, `gated by ${id}`), gate: id };
  const found = find();
  if (gate.least > 0) return found;
  return { ...found, least: 0, most: Math.min(found.most, marks), reason: found.reason ?? `waits for ${id}` };
}

export function decimals(value: number): string {
  return value.toFixed(5);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** `0.00221`, or `0.00221 ± 0.00008` while it is an estimate. */
export function ranged({ mean, half }: Estimate): string {
  return half > 0 ? `${decimals(mean)} ± ${decimals(half)}` : decimals(mean);
}

/** The same with how many pictures it is of, while it is an estimate. */
export function estimated(estimate: Estimate): string {
  const { count, total } = estimate;
  return count < total ? `${ranged(estimate)} (${grouped(count)} of ${grouped(total)})` : decimals(estimate.mean);
}
