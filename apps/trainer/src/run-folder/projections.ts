import { createRandom } from "@autoencoder/data";
import { writeTable } from "@autoencoder/model";
import { projectionSeeds } from "@autoencoder/model/run";
import { UMAP } from "umap-js";

/**
 * Maps of the test digits' codes in the plane by UMAP (McInnes et al. 2018) with its usual settings: 15 neighbours,
 * least distance 0.1. Each is moved and scaled to lie within ±1.
 * @param codes [count × width]
 * @param onProgress the seed and how much of its map is done, 0 to 1
 * @returns a table with `umap/SEED`, F16 [count, 2], for every seed
 */
export function projections(
  codes: Float32Array,
  width: number,
  onProgress: (seed: number, part: number) => void = () => {},
): Uint8Array {
  const count = codes.length / width;
  const rows = Array.from({ length: count }, (_, row) => Array.from(codes.subarray(row * width, (row + 1) * width)));
  const maps = projectionSeeds.map((seed) => {
    const { next } = createRandom(seed);
    const umap = new UMAP({ nComponents: 2, nNeighbors: Math.min(15, count - 1), minDist: 0.1, random: next });
    const epochs = umap.initializeFit(rows);
    for (let epoch = 0; epoch < epochs; epoch++) {
      umap.step();
      onProgress(seed, (epoch + 1) / epochs);
    }
    return [`umap/${seed}`, { dtype: "F16" as const, shape: [count, 2], data: fitted(umap.getEmbedding()) }] as const;
  });
  return writeTable(Object.fromEntries(maps));
}

/** Points moved and scaled, both axes alike, so that the farthest lies at ±1. */
function fitted(points: number[][]): Float32Array {
  const middle = [0, 1].map((axis) => {
    const along = points.map((point) => point[axis] as number);
    return (Math.min(...along) + Math.max(...along)) / 2;
  });
  const flat = Float32Array.from(
    points.flatMap((point) => point.map((value, axis) => value - (middle[axis] as number))),
  );
  const greatest = flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return flat.map((value) => value / greatest);
}
