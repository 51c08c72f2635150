import { type Run, runPaths } from "@autoencoder/model/run";
import type { Samples } from "../run/run-source.ts";
import type { EncodedDigit } from "./digits.ts";
import { encodeBytes, encodeFloats } from "./encoding.ts";

/** The recorded sample that pages open on: a 2, with loops and a tail that a code has to keep. */
export const defaultSample = 20;

/** A recorded sample in the form that a client component takes. */
export function encodeDigit(samples: Samples, sample: number): EncodedDigit {
  const { latentSize, latents, reconstructions } = samples;
  const size = reconstructions.length / samples.count;
  return {
    sample,
    index: samples.indices[sample] as number,
    label: samples.labels[sample] as number,
    pixels: encodeBytes(samplePixels(samples, sample)),
    latent: encodeFloats(latents.slice(sample * latentSize, (sample + 1) * latentSize)),
    reconstruction: encodeFloats(reconstructions.slice(sample * size, (sample + 1) * size)),
  };
}

/** A recorded sample's pixels as MNIST's bytes. */
export function samplePixels({ originals, count }: Samples, sample: number): Uint8Array {
  const size = originals.length / count;
  return Uint8Array.from(originals.subarray(sample * size, (sample + 1) * size), (value) => Math.round(value * 255));
}

/** SHA-256 of the weights that the page computes with, both parts: names the network in the session's storage. */
export function weightsKey(run: Run): string {
  return [runPaths.pageEncoder, runPaths.pageDecoder]
    .map((path) => run.files.find((file) => file.path === weightsBeside(path))?.sha256 ?? "")
    .join("");
}

/** The weights' path beside a `model.json`. */
export function weightsBeside(path: string): string {
  return path.replace(/model\.json$/, "weights.bin");
}

/** Where the server draws pictures of a run; the weights in it make that an answer never changes. */
export function drawnAddress(run: Run): string {
  return `/drawn/${run.name}/${weightsKey(run)}`;
}
