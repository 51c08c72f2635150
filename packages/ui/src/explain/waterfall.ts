import type { SumTerms, TermGroup } from "@autoencoder/model";

/** One step of a sum: how far it was before, and what it adds. */
export interface WaterfallStep {
  readonly kind: "group" | "others" | "bias";
  /** The group's place in the terms; undefined for the others and the bias. */
  readonly index: number | undefined;
  readonly from: number;
  readonly value: number;
  /** How many groups it stands for. */
  readonly count: number;
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  readonly sum: number;
  /** Least and greatest sum on the way, 0 among them. */
  readonly low: number;
  readonly high: number;
}

/** A sum as a sorted waterfall: the largest groups one by one, the others as one, then the bias. */
export function waterfallOf({ groups, bias, sum }: SumTerms, largest = 8): Waterfall {
  const sorted = groups.map((group, index) => ({ group, index })).sort((a, b) => size(b.group) - size(a.group));
  // A single group left over is shown as itself.
  const shown = sorted.length <= largest + 1 ? sorted : sorted.slice(0, largest);
  const rest = sorted.slice(shown.length);
  const others = rest.reduce((total, { group }) => total + group.subtotal, 0);
  const parts: Omit<WaterfallStep, "from">[] = [
    ...shown.map(({ group, index }) => ({ kind: "group" as const, index, value: group.subtotal, count: 1 })),
    ...(rest.length > 0 ? [{ kind: "others" as const, index: undefined, value: others, count: rest.length }] : []),
    { kind: "bias", index: undefined, value: bias, count: 1 },
  ];
  let from = 0;
  const steps = parts.map((part) => {
    const step = { ...part, from };
    from += part.value;
    return step;
  });
  const ends = steps.flatMap((step) => [step.from, step.from + step.value]);
  return { steps, sum, low: Math.min(0, ...ends), high: Math.max(0, ...ends) };
}

function size({ subtotal }: TermGroup): number {
  return Math.abs(subtotal);
}
