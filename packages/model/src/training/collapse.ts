/**
 * Detects the collapse of a run: over `patience` consecutive batches a fixed probe's outputs hardly differ between images
 * and the gradient has vanished. The network then prints one picture, black on MNIST, whatever it is shown.
 */
export const collapseRule = {
  /** Consecutive batches. */
  patience: 50,
  /** Images of the fixed probe: the first validation images. */
  probeImages: 32,
  /** Greatest standard deviation of any output pixel across the probe's images. */
  deviation: 1e-3,
  /** Euclidean norm of the gradient of all weights. */
  gradientNorm: 1e-6,
} as const;

/** Counts batches that look collapsed. */
export class CollapseDetector {
  constructor(private count = 0) {}

  /** Whether this batch's gradient is so small that the probe has to be looked at. */
  suspects(gradientNorm: number): boolean {
    if (gradientNorm < collapseRule.gradientNorm) return true;
    this.count = 0;
    return false;
  }

  /** Takes the probe's deviation; true at the moment when the run is found to have collapsed. */
  observe(deviation: number): boolean {
    this.count = deviation < collapseRule.deviation ? this.count + 1 : 0;
    return this.count === collapseRule.patience;
  }

  /** Batches in a row so far, for a checkpoint. */
  get batches(): number {
    return this.count;
  }

  get collapsed(): boolean {
    return this.count >= collapseRule.patience;
  }
}

/** Greatest standard deviation of any value across examples. @param outputs [count, …] flat */
export function greatestDeviation(outputs: Float32Array, count: number): number {
  const size = outputs.length / count;
  let greatest = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    let sum = 0;
    for (let image = 0; image < count; image++) sum += outputs[image * size + pixel] as number;
    const mean = sum / count;
    let squares = 0;
    for (let image = 0; image < count; image++) squares += ((outputs[image * size + pixel] as number) - mean) ** 2;
    greatest = Math.max(greatest, Math.sqrt(squares / count));
  }
  return greatest;
}

/** One sentence for people about a collapse found in `batch` of `epoch`. */
export function explainCollapse(epoch: number, batch: number): string {
  return (
    `the run collapsed by epoch ${epoch}, batch ${batch}: for ${collapseRule.patience} batches it has printed the same ` +
    "picture for every digit, with no gradient left to change it, because the first steps drove every output so far " +
    "towards black that the sigmoid is flat there; starting the output bias at logit(mean pixel) prevents it"
  );
}
