import { createRandom } from "@autoencoder/data";
import { describe, expect, it } from "vitest";
import { cholesky, momentsOf, principalComponents } from "./principal.ts";

describe("principalComponents", () => {
  it("finds the axes that the rows were made along", () => {
    const random = createRandom(1);
    const axes = [
      [0.6, 0.8, 0],
      [-0.8, 0.6, 0],
      [0, 0, 1],
    ] as const;
    const spread = [5, 2, 0.5];
    const rows = Float32Array.from({ length: 3 * 4000 }, () => 0);
    for (let row = 0; row < 4000; row++) {
      axes.forEach((axis, k) => {
        const part = random.normal() * (spread[k] as number);
        for (let at = 0; at < 3; at++)
          rows[row * 3 + at] = (rows[row * 3 + at] as number) + part * (axis[at] as number);
      });
    }
    const { axes: found, variances } = principalComponents(rows, 3);
    [0, 1].forEach((k) => {
      const along = found[k as 0 | 1].reduce((sum, value, at) => sum + value * (axes[k]?.[at] as number), 0);
      expect(Math.abs(along)).toBeGreaterThan(0.999);
      expect(Math.sqrt(variances[k as 0 | 1]) / (spread[k] as number)).toBeCloseTo(1, 1);
    });
  });
});

describe("cholesky", () => {
  it("gives the covariance back", () => {
    const random = createRandom(2);
    const rows = Float64Array.from({ length: 400 }, () => random.normal());
    const { covariance } = momentsOf(rows, 4);
    const lower = cholesky(covariance, 4);
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += (lower[row * 4 + k] as number) * (lower[column * 4 + k] as number);
        expect(sum).toBeCloseTo(covariance[row * 4 + column] as number, 10);
      }
    }
  });
});
