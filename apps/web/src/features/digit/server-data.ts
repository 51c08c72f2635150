import { mnistChecksums } from "@autoencoder/data";
import { type Run, runPaths } from "@autoencoder/model/run";
import type { NetworkFiles, RemoteFile } from "../../network/procedures.ts";
import type { RunSource } from "../run/run-source.ts";
import { encodeBytes } from "./encoding.ts";
import type { LiveData } from "./live-data.ts";
import {
  defaultSample,
  drawnAddress,
  encodeDigit,
  samplePixels,
  weightsBeside,
  weightsKey,
} from "./recorded-digits.ts";

const testImages = "t10k-images-idx3-ubyte";

/**
 * What live figures need of a run, and the recorded sample that they open on.
 * @throws Error when the run lacks a file or its samples do not open
 */
export async function liveData(source: RunSource, sample = defaultSample): Promise<LiveData> {
  const { run } = source;
  const samples = await source.samples();
  const first = Math.min(sample, samples.count - 1);
  const classes = [...new Set(samples.labels)].map((label) => {
    const sample = samples.labels.indexOf(label);
    return { sample, label, pixels: encodeBytes(samplePixels(samples, sample)) };
  });
  return {
    network: networkFiles(source),
    weights: weightsKey(run),
    samples: remoteFile(source, runPaths.samples),
    // The recorded samples lie within the first few hundred test images.
    pictures: `/data/${mnistChecksums[testImages]}/test/0-${Math.max(...samples.indices) + 1}`,
    digits: samples.indices.map((index, sample) => ({ index, label: samples.labels[sample] as number })),
    classes,
    first: encodeDigit(samples, first),
    statistics: run.files.some(({ path }) => path === runPaths.testActivations)
      ? remoteFile(source, runPaths.testActivations)
      : undefined,
    drawn: `${drawnAddress(run)}/${first}`,
  };
}

/** A run's network as the model worker opens it. @throws Error when the run lacks a file */
export function networkFiles(source: RunSource): NetworkFiles {
  const part = (path: string) => ({
    model: remoteFile(source, path),
    weights: remoteFile(source, weightsBeside(path)),
  });
  const { name, spec } = source.run;
  return { run: name, spec, encoder: part(runPaths.pageEncoder), decoder: part(runPaths.pageDecoder) };
}

function remoteFile({ run, address }: RunSource, path: string): RemoteFile {
  const at = address(path); // throws where the run has no such file
  const { bytes, sha256 } = run.files.find((file) => file.path === path) as Run["files"][number];
  return { address: at, bytes, sha256 };
}
