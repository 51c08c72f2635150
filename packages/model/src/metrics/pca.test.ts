import { describe, expect, it } from "vitest";
import { byteMeanSquaredError, meanSquaredError } from "./mse.ts";
import { choleskyFactor, momentsOf, principalComponents, principalErrors, principalPicture } from "./pca.ts";

/** Normal numbers, the same in each test run: Box–Muller over a linear congruential generator (Numerical Recipes). */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] as number), 0);

describe("principalComponents", () => {
  it("finds the axes that rows were made along, with their variances", () => {
    const normal = normalNumbers(1);
    const axes = [
      [0.6, 0.8, 0],
      [-0.8, 0.6, 0],
      [0, 0, 1],
    ] as const;
    const spread = [5, 2, 0.5] as const;
    const rows = new Float32Array(3 * 4000);
    for (let row = 0; row < 4000; row++) {
      axes.forEach((axis, k) => {
        const part = normal() * (spread[k] as number);
        for (let at = 0; at < 3; at++)
          rows[row * 3 + at] = (rows[row * 3 + at] as number) + part * (axis[at] as number);
      });
    }
    const found = principalComponents(rows, 3, 2);
    expect(found.axes).toHaveLength(2);
    for (const k of [0, 1] as const) {
      expect(Math.abs(dot(found.axes[k] as Float64Array, axes[k]))).toBeGreaterThan(0.999);
      expect(Math.sqrt(found.variances[k] as number) / spread[k]).toBeCloseTo(1, 1);
    }
    const { covariance } = momentsOf(rows, 3);
    expect(found.totalVariance).toBeCloseTo(
      [0, 4, 8].reduce((sum, at) => sum + (covariance[at] as number), 0),
      10,
    );
  });

  it("finds orthonormal directions of most variance among bytes", () => {
    // Two independent grey levels, drawn along two orthogonal patterns of 16 pixels; the first varies three times as much.
    const normal = normalNumbers(5);
    const patterns = [(pixel: number) => (pixel < 8 ? 1 : 0), (pixel: number) => (pixel % 2 === 0 ? 1 : -1)] as const;
    const pictures = new Uint8Array(1000 * 16);
    for (let picture = 0; picture < 1000; picture++) {
      const levels = [30 * normal(), 10 * normal()] as const;
      for (let pixel = 0; pixel < 16; pixel++) {
        const value = 128 + patterns.reduce((sum, pattern, at) => sum + (levels[at] as number) * pattern(pixel), 0);
        pictures[picture * 16 + pixel] = Math.round(Math.min(255, Math.max(0, value)));
      }
    }
    const [first, second] = principalComponents(pictures, 16, 2).axes as [Float64Array, Float64Array];
    expect(dot(first, first)).toBeCloseTo(1, 10);
    expect(dot(second, second)).toBeCloseTo(1, 10);
    expect(dot(first, second)).toBeCloseTo(0, 10);
    const unit = (pattern: (pixel: number) => number) => {
      const values = Array.from({ length: 16 }, (_, pixel) => pattern(pixel));
      return values.map((value) => value / Math.hypot(...values));
    };
    expect(Math.abs(dot(first, unit(patterns[0])))).toBeGreaterThan(0.995);
    expect(Math.abs(dot(second, unit(patterns[1])))).toBeGreaterThan(0.995);
  });

  it("points each axis towards the first columns", () => {
    const rows = Float64Array.of(-3, -1, 3, 1, -6, -2, 6, 2);
    const [axis] = principalComponents(rows, 2, 1).axes;
    expect(axis?.[0]).toBeCloseTo(3 / Math.sqrt(10), 12);
  });
});

describe("principalErrors", () => {
  /** 200 pictures of 12 pixels that mix two patterns around a grey: two components hold all of them, up to rounding. */
  const size = 12;
  const pictures = Uint8Array.from({ length: 200 * size }, (_, at) => {
    const [picture, pixel] = [Math.floor(at / size), at % size];
    const [a, b] = [Math.sin(picture * 1.7), Math.cos(picture * 0.9)];
    return 128 + 60 * a * Math.sin(pixel) + 50 * b * (pixel % 2 ? 1 : -1);
  });
  const components = principalComponents(pictures, size, size);
  const errors = principalErrors(pictures, components);

  it("are the mean picture's without components", () => {
    const mean = Float64Array.from({ length: size }, (_, pixel) => {
      return pictures.reduce((sum, value, at) => sum + (at % size === pixel ? value : 0), 0) / 200;
    });
    const repeated = Float64Array.from(pictures, (_, at) => mean[at % size] as number);
    expect(errors[0]).toBeCloseTo(meanSquaredError(pictures, repeated) / 255 ** 2, 12);
  });

  it("fall to the rounding of bytes once all patterns are held, and to nothing with all components", () => {
    expect(errors).toHaveLength(size + 1);
    expect(errors[1]).toBeGreaterThan(1e-3);
    expect(errors[2]).toBeLessThan((1 / 255) ** 2);
    expect(errors[size]).toBeLessThan(1e-20);
  });

  it("are those of the rebuilt pictures, up to the rounding of bytes", () => {
    const picture = (at: number) => pictures.subarray(at * size, (at + 1) * size);
    for (const count of [0, 1, 2, size]) {
      const rebuilt = Array.from({ length: 200 }, (_, at) => [...principalPicture(picture(at), components, count)]);
      const error = byteMeanSquaredError(pictures, Uint8Array.from(rebuilt.flat()));
      expect(Math.abs(error - (errors[count] as number))).toBeLessThan(3e-4);
    }
    expect(principalPicture(picture(7), components, size)).toEqual(picture(7));
  });
});

describe("choleskyFactor", () => {
  const product = (lower: Float64Array, width: number) =>
    Float64Array.from({ length: width * width }, (_, at) => {
      const [row, column] = [Math.floor(at / width), at % width];
      return dot(lower.subarray(row * width, (row + 1) * width), lower.subarray(column * width, (column + 1) * width));
    });

  it("gives the covariance back", () => {
    const normal = normalNumbers(2);
    const { covariance } = momentsOf(
      Float64Array.from({ length: 400 }, () => normal()),
      4,
    );
    const lower = choleskyFactor(covariance, 4);
    product(lower, 4).forEach((value, at) => {
      expect(value).toBeCloseTo(covariance[at] as number, 10);
      if (at % 4 > Math.floor(at / 4)) expect(lower[at]).toBe(0);
    });
  });

  it("bears a column without variance", () => {
    const covariance = Float64Array.of(4, 0, 2, 0, 0, 0, 2, 0, 3);
    product(choleskyFactor(covariance, 3), 3).forEach((value, at) => {
      expect(value).toBeCloseTo(covariance[at] as number, 10);
    });
  });
});
