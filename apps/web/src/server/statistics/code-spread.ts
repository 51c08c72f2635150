import { choleskyFactor, momentsOf, principalComponents } from "@autoencoder/model/pca";
import { cachedPerNetwork } from "../cached.ts";
import { takingTurns } from "../turns.ts";
import { testCodes } from "./codes.ts";

/** How the latent vectors of the test digits are spread. */
export const codeSpread = cachedPerNetwork(async (run) => {
  const { values: codes, width } = await testCodes(run);
  const { mean, covariance } = momentsOf(codes, width);
  const turn = takingTurns();
  const columns: Float32Array[] = [];
  for (let column = 0; column < width; column++) {
    await turn();
    const values = Float32Array.from(
      { length: codes.length / width },
      (_, row) => codes[row * width + column] as number,
    );
    columns.push(values.sort());
  }
  const percentile = (part: number) =>
    Float32Array.from(columns, (values) => values[Math.round(part * (values.length - 1))] as number);
  return {
    mean: Float32Array.from(mean),
    deviation: Float32Array.from(mean, (_, at) => Math.sqrt(covariance[at * width + at] as number)),
    /** 1st and 99th percentile of each value. */
    low: percentile(0.01),
    high: percentile(0.99),
    /** [width × width], the lower triangle L with L·Lᵀ = covariance: turns independent values into values that go together. */
    factor: Float32Array.from(choleskyFactor(covariance, width)),
  };
});

/**
 * The latent vectors along the two directions in which they vary most: int16 pairs. Both directions have one scale, the longer
 * one reaches from −32000 to 32000, and the other lies in the middle.
 */
export const codePlane = cachedPerNetwork(async (run) => {
  const { values: codes, width } = await testCodes(run);
  const { mean, axes, variances, totalVariance } = principalComponents(codes, width, 2);
  const count = codes.length / width;
  const projected = Float64Array.from({ length: 2 * count }, (_, at) => {
    const [row, axis] = [Math.floor(at / 2), axes[at % 2] as Float64Array];
    return axis.reduce(
      (sum, value, column) => sum + value * ((codes[row * width + column] as number) - (mean[column] as number)),
      0,
    );
  });
  const ends = [0, 1].map((axis) => {
    const along = projected.filter((_, at) => at % 2 === axis);
    return { least: along.reduce((a, b) => Math.min(a, b), 0), most: along.reduce((a, b) => Math.max(a, b), 0) };
  });
  const middles = ends.map(({ least, most }) => (least + most) / 2);
  const half = Math.max(...ends.map(({ least, most }) => (most - least) / 2)) || 1;
  return {
    points: Int16Array.from(projected, (value, at) =>
      Math.round(((value - (middles[at % 2] as number)) / half) * 32000),
    ),
    /** Share of the variance that the two directions hold. */
    share: ((variances[0] as number) + (variances[1] as number)) / totalVariance,
    count,
  };
});
