import { joinWeights, readWeights } from "@autoencoder/model";
import { fetchFile } from "../../network/fetch-file.ts";
import type { RemoteFile } from "../../network/index.ts";
import type { TrainedStart, TrainingSettings } from "../../training/settings.ts";

/** A committed run whose network is one that the page trains, and the files that hold its weights: encoder's, then decoder's. */
export interface CommittedStart extends Pick<TrainingSettings, "latent" | "filters"> {
  run: string;
  /** Pictures that it was trained on: the first ones of MNIST's training file. */
  images: number;
  parts: readonly { path: string; model: RemoteFile; weights: RemoteFile }[];
}

/** The weights of the committed run of this network. @throws Error of one sentence where there is none, or it does not load */
export async function fetchStart(
  starts: readonly CommittedStart[],
  { latent, filters }: Pick<TrainingSettings, "latent" | "filters">,
): Promise<TrainedStart> {
  const found = starts.find((start) => start.latent === latent && start.filters === filters);
  if (!found)
    throw new Error(
      `No committed run has ${filters} filters and ${latent} numbers in its code: choose another network, or begin from random weights.`,
    );
  const read = found.parts.map(async ({ model, weights }) => {
    const [json, bin] = await Promise.all([fetchFile(model), fetchFile(weights)]);
    return readWeights(new TextDecoder().decode(json), bin);
  });
  const weights = joinWeights((await Promise.all(read)).flat());
  const files = found.parts.map(({ path, weights }) => ({ path, sha256: weights.sha256 }));
  return { run: found.run, files, weights };
}
