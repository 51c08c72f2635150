import { createRandom } from "@autoencoder/data";
import { readTable, tensor } from "@autoencoder/model";
import { projectionSeeds } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { projections } from "./projections.ts";

/** Three clouds of 40 codes, far apart. */
function clouds(): Float32Array {
  const random = createRandom(9);
  return Float32Array.from(
    { length: 120 * 8 },
    (_, at) => random.normal() + 12 * Number(at % 8 === Math.floor(at / 320)),
  );
}

describe("projections", () => {
  const bytes = projections(clouds(), 8);
  const maps = projectionSeeds.map((seed) => tensor(readTable(bytes), `umap/${seed}`));

  it("keeps neighbours together: the nearest on the map is of the same cloud", () => {
    for (const { data, shape } of maps) {
      expect(shape).toEqual([120, 2]);
      for (let row = 0; row < 120; row++) {
        const distance = (other: number) =>
          Math.hypot(
            (data[2 * row] as number) - (data[2 * other] as number),
            (data[2 * row + 1] as number) - (data[2 * other + 1] as number),
          );
        const others = Array.from({ length: 120 }, (_, other) => other).filter((other) => other !== row);
        const nearest = others.reduce((best, other) => (distance(other) < distance(best) ? other : best));
        expect(Math.floor(nearest / 40)).toBe(Math.floor(row / 40));
      }
    }
  });

  it("gives the same maps for the same codes, another for another seed, all within ±1", () => {
    expect(projections(clouds(), 8)).toEqual(bytes);
    expect([...(maps[0]?.data ?? [])]).not.toEqual([...(maps[1]?.data ?? [])]);
    for (const { data } of maps) expect(Math.max(...Array.from(data, Math.abs))).toBeCloseTo(1, 3);
  });
});
