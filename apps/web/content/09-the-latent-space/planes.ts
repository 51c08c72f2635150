import type { RemoteFile } from "../../src/network/index.ts";
import { fetchShorts, fetchTestLabels } from "../../src/shared/fetch-numbers.ts";

/** The codes of all test digits in the plane. */
export interface Plane {
  /** Two for each test digit, ±32000 for ±1. */
  readonly points: Int16Array;
  /** Their classes. */
  readonly labels: Uint8Array;
}

/** Where planes lie: PCA's by itself, UMAP's in a table of the trainer's. */
export interface PlaneFiles {
  pca: string;
  umap: RemoteFile | undefined;
  count: number;
}

/** The plane by UMAP with a seed, or by PCA without one. @throws Error when it does not load */
export async function loadPlane({ pca, umap, count }: PlaneFiles, seed: number | undefined): Promise<Plane> {
  const load = async () => {
    if (seed === undefined || !umap) return fetchShorts(pca);
    const { umapPoints } = await import("./umap-points.ts"); // what opens tables comes with the first of them
    return umapPoints(umap, seed);
  };
  const [points, labels] = await Promise.all([load(), fetchTestLabels(count)]);
  return { points, labels };
}
