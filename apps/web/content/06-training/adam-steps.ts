/** One step of Adam for a single weight. */
export interface AdamStep {
  gradient: number;
  /** Running mean of the gradients, and of their squares. */
  m: number;
  v: number;
  /** What is taken off the weight. */
  step: number;
}

/** Adam on one weight, in Keras's form: α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), with its default settings. */
export function adamSteps(gradients: readonly number[], learningRate = 1e-3): AdamStep[] {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
  let [m, v] = [0, 0];
  return gradients.map((gradient, at) => {
    m += (gradient - m) * (1 - beta1);
    v += (gradient ** 2 - v) * (1 - beta2);
    const rate = (learningRate * Math.sqrt(1 - beta2 ** (at + 1))) / (1 - beta1 ** (at + 1));
    return { gradient, m, v, step: (rate * m) / (Math.sqrt(v) + epsilon) };
  });
}
