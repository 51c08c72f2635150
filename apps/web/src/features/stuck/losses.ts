/** A rung of the ladder: what prints pictures with this error. */
export interface Rung {
  name: string;
  mse: number;
}

/** How a training stands, told from its losses alone. */
export type LossState = "no-numbers" | "not-a-loss" | "scale" | "black" | "grey" | "learning" | "pca" | "good";

/**
 * Losses out of what Keras prints, or out of any list of numbers: the validation losses where there are any, else the
 * losses, else all numbers.
 */
export function readLosses(text: string): number[] {
  const number = String.raw`([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
  const named = (name: string) =>
    [...text.matchAll(new RegExp(String.raw`\b${name}["']?\s*[:=]\s*\[?\s*${number}`, "gi"))].map((match) =>
      Number(match[1]),
    );
  for (const name of ["val_loss", "loss"]) {
    const found = named(name);
    if (found.length > 0) return found;
  }
  return [...text.matchAll(new RegExp(number, "gi"))].map((match) => Number(match[1])).filter(Number.isFinite);
}

/** What the last loss says. The limits lie between the rungs: black 0.11, the best single grey 0.096, the mean picture 0.067. */
export function stateOf(losses: readonly number[], rungs: { black: number; pca: number }): LossState {
  const last = losses.at(-1);
  if (last === undefined) return "no-numbers";
  if (last < 0) return "not-a-loss";
  if (last > 0.6) return "scale";
  if (last >= rungs.black * 0.93) return "black";
  if (last >= 0.06) return "grey";
  if (last > rungs.pca) return "learning";
  return last > 0.00525 ? "pca" : "good";
}
