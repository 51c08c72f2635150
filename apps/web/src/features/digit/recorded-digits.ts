import { pictureAt } from "../../shared/pixels.ts";
import type { ApiAnswers } from "../../trpc/caller.ts";
import type { EncodedDigit } from "./digits.ts";
import { encodeBytes, encodeFloats } from "./encoding.ts";

/** The recorded sample that pages open on: a 2, with loops and a tail that a code has to keep. */
export const defaultSample = 20;

type Samples = ApiAnswers["digits"]["samples"];

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
export function firstOfEachClass(samples: Samples): EncodedDigit[] {
  return [...new Set(samples.labels)].map((label) => encodeDigit(samples, samples.labels.indexOf(label)));
}
