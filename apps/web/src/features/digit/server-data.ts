import { firstOfEachClass, mnistChecksums } from "@autoencoder/data";
import { type Run, runPaths } from "@autoencoder/model/run";
import { pictureAt } from "../../shared/pixels.ts";
import { drawnAddress, findFile, networkFiles, remoteFile, weightsKey } from "../../shared/run-addresses.ts";
import { type ApiAnswers, api } from "../../trpc/caller.ts";
import type { EncodedDigit } from "./digits.ts";
import { encodeBytes, encodeFloats } from "./encoding.ts";
import type { LiveData } from "./live-data.ts";

/** The recorded sample that pages open on: a 2, with loops and a tail that a code has to keep. */
export const defaultSample = 20;

type Samples = ApiAnswers["digits"]["samples"];

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
    classes: firstDigits(samples).map(({ sample, label, pixels }) => ({ sample, label, pixels })),
    first: encodeDigit(samples, first),
    statistics: findFile(run, runPaths.testActivations),
    drawn: `${drawnAddress(run)}/${first}`,
  };
}

/** A recorded sample in the form that a client component takes. */
export function encodeDigit(samples: Samples, sample: number): EncodedDigit {
  const { latentSize, latents, originals, reconstructions } = samples;
  return {
    sample,
    index: samples.indices[sample] as number,
    label: samples.labels[sample] as number,
    pixels: encodeBytes(pictureAt(originals, sample)),
    latent: encodeFloats(latents.subarray(sample * latentSize, (sample + 1) * latentSize)),
    reconstruction: encodeFloats(pictureAt(reconstructions, sample)),
  };
}

/** Of each class its first recorded sample. */
export function firstDigits(samples: Samples): EncodedDigit[] {
  return [...firstOfEachClass(Uint8Array.from(samples.labels), 1)].map((sample) => encodeDigit(samples, sample));
}
