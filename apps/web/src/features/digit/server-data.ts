import { mnistChecksums } from "@autoencoder/data";
import { type Run, runPaths } from "@autoencoder/model/run";
import type { NetworkFiles } from "../../network/procedures.ts";
import { drawnAddress, remoteFile, weightsBeside, weightsKey } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import type { LiveData } from "./live-data.ts";
import { defaultSample, encodeDigit, firstOfEachClass } from "./recorded-digits.ts";

const testImages = "t10k-images-idx3-ubyte";

/**
 * What live figures need of a run, and the recorded sample that they open on.
 * @throws Error when the run lacks a file or its samples do not open
 */
export async function liveData(run: Run, sample = defaultSample): Promise<LiveData> {
  const samples = await api.digits.samples(run);
  const first = Math.min(sample, samples.count - 1);
  return {
    network: networkFiles(run),
    weights: weightsKey(run),
    samples: remoteFile(run, runPaths.samples),
    // The recorded samples lie within the first few hundred test images.
    pictures: `/data/${mnistChecksums[testImages]}/test/0-${Math.max(...samples.indices) + 1}`,
    digits: samples.indices.map((index, sample) => ({ index, label: samples.labels[sample] as number })),
    classes: firstOfEachClass(samples).map(({ sample, label, pixels }) => ({ sample, label, pixels })),
    first: encodeDigit(samples, first),
    statistics: run.files.some(({ path }) => path === runPaths.testActivations)
      ? remoteFile(run, runPaths.testActivations)
      : undefined,
    drawn: `${drawnAddress(run)}/${first}`,
  };
}

/** A run's network as the model worker opens it. @throws Error when the run lacks a file */
export function networkFiles(run: Run): NetworkFiles {
  const part = (path: string) => ({ model: remoteFile(run, path), weights: remoteFile(run, weightsBeside(path)) });
  const { name, spec } = run;
  return { run: name, spec, encoder: part(runPaths.pageEncoder), decoder: part(runPaths.pageDecoder) };
}
