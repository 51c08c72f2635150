import { createRandom } from "@autoencoder/data";

/** How codes are drawn: each value from N(0, 1), each with its own mean and spread, or all with their covariance. */
export type Way = "standard" | "own" | "covariance";

export interface Spread {
  way: Way;
  /** Of each value, over the test digits. */
  mean: Float32Array;
  deviation: Float32Array;
  /** [width × width], the lower triangle L with L·Lᵀ = covariance; needed where they are drawn with it. */
  triangle: Float32Array | undefined;
}

/** What figures open on. */
export const openingDraw = { seed: 1, count: 6 } as const;

/** Codes at random; the same seed gives the same independent values, whatever becomes of them. */
export function randomCodes(seed: number, count: number, { way, mean, deviation, triangle }: Spread): Float32Array[] {
  const random = createRandom(seed);
  const width = mean.length;
  return Array.from({ length: count }, () => {
    const normal = Float32Array.from(mean, () => random.normal());
    if (way === "standard") return normal;
    if (!triangle) return normal.map((value, at) => (mean[at] as number) + value * (deviation[at] as number));
    return mean.map((value, row) => {
      let sum = value;
      for (let column = 0; column <= row; column++) {
        sum += (triangle[row * width + column] as number) * (normal[column] as number);
      }
      return sum;
    });
  });
}
