import { runPaths } from "@autoencoder/model/run";
import { currentRun } from "../../src/features/run/current-run.ts";
import { drawnAddress, findFile } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveLatentMap } from "./lazy.ts";

/** The codes of all test digits in the plane. */
export async function LatentMap() {
  const run = await currentRun();
  const { share, count } = await api.latents.plane(run);
  const { labels } = await api.digits.samples(run);
  return (
    <LiveLatentMap
      pca={`${drawnAddress(run)}/latents/plane`}
      umap={findFile(run, runPaths.projections)}
      count={count}
      firstLabel={labels[0] as number}
      share={share}
    />
  );
}
