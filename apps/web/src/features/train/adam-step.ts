import type { SlowStep } from "../../training/messages.ts";

/** How the optimizer moved a weight. */
export interface WeightStep {
  /** The learning rate, for Adam with both corrections: α √(1 − β₂ᵗ) ÷ (1 − β₁ᵗ). */
  rate: number;
  change: number;
  m: number | undefined;
  v: number;
}

/** The step of one weight, computed again from what the optimizer remembers (Kingma & Ba 2015, as Keras writes it). */
export function stepOf({ optimizer, remembered, gradient, m, v }: SlowStep, weight: number): WeightStep {
  const { learningRate } = optimizer;
  if (optimizer.name === "sgd" || !m || !v) {
    return { rate: learningRate, change: -learningRate * (gradient[weight] as number), m: undefined, v: 0 };
  }
  const { beta1, beta2, epsilon } = optimizer;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** remembered)) / (1 - beta1 ** remembered);
  const [mean, square] = [m[weight] as number, v[weight] as number];
  return { rate, change: (-rate * mean) / (Math.sqrt(square) + epsilon), m: mean, v: square };
}
