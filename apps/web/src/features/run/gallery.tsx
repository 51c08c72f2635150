import type { Run } from "@autoencoder/model/run";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { currentRun } from "./current-run.ts";
import { GalleryFilter } from "./gallery-filter.tsx";

/** The recorded samples, each original above its reconstruction. @param run another one than the page's */
export async function Gallery({ run: other }: { run?: Run }) {
  const run = other ?? (await currentRun());
  const samples = await api.digits.samples(run).catch((error: unknown) => (error as Error).message);
  if (typeof samples === "string") {
    return (
      <div className="notice" role="note">
        <p>The recorded reconstructions cannot be shown: {samples}</p>
      </div>
    );
  }
  return (
    <figure className="wide">
      <GalleryFilter
        items={Array.from({ length: samples.count }, (_, index) => ({
          index: samples.indices[index] as number,
          label: samples.labels[index] as number,
          mse: samples.mse[index] as number,
          place: index,
        }))}
        sheet={`${drawnAddress(run)}/samples.png`}
      />
      <figcaption>
        The first two test images of every digit, or the first ten of the one that is chosen, as the trainer recorded
        them. Each original stands above its reconstruction, with the mean squared error of its 784 pixels.
      </figcaption>
    </figure>
  );
}
