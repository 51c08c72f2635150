import type { Recipe } from "./recipes/index.ts";

/** How many steps a training has. */
export interface Steps {
  /** Batches of an epoch. */
  perEpoch: number;
  epochs: number;
}

/**
 * The learning rate of a step, counted from 1. Keras's formulas, in which steps count from 0: a warm-up goes up in a line from 0,
 * then `cosine` is CosineDecay and `step` is ExponentialDecay with staircase=True, both counted from the end of the warm-up.
 */
export function learningRateAt(
  { optimizer: { learningRate }, schedule }: Pick<Recipe, "optimizer" | "schedule">,
  step: number,
  { perEpoch, epochs }: Steps,
): number {
  if (!schedule) return learningRate;
  const done = step - 1;
  const { warmupSteps } = schedule;
  if (done < warmupSteps) return (learningRate * done) / warmupSteps;
  const since = done - warmupSteps;
  switch (schedule.name) {
    case "constant":
      return learningRate;
    case "cosine": {
      const decaySteps = Math.max(1, perEpoch * epochs - warmupSteps);
      const cosine = 0.5 * (1 + Math.cos((Math.PI * Math.min(since, decaySteps)) / decaySteps));
      return learningRate * ((1 - schedule.alpha) * cosine + schedule.alpha);
    }
    case "step":
      return learningRate * schedule.decayRate ** Math.floor(since / (schedule.decayEpochs * perEpoch));
  }
}
