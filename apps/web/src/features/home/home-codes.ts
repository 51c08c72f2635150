import type { Run } from "@autoencoder/model/run";
import { api } from "../../trpc/caller.ts";
import { encodeFloats } from "../digit/encoding.ts";
import { firstDigits } from "../digit/server-data.ts";

/** What the home page knows of codes beside the digit's own: float32 in base64. */
export interface HomeCodes {
  /** [latent] each: between which values a code's numbers are pulled. */
  low: string;
  high: string;
  /** Of each class the code of its first recorded sample. */
  destinations: readonly { label: number; latent: string }[];
}

/** Ranges over the test digits where the run has their codes, over its recorded samples where it has not. */
export async function homeCodes(run: Run): Promise<HomeCodes> {
  const samples = await api.digits.samples(run);
  const { low, high } = await api.latents.spread(run).catch(() => rangesOf(samples));
  return {
    low: encodeFloats(low),
    high: encodeFloats(high),
    destinations: firstDigits(samples).map(({ label, latent }) => ({ label, latent })),
  };
}

/** The least and the greatest of each value over some codes. */
function rangesOf({ latents, latentSize }: { latents: Float32Array; latentSize: number }) {
  const low = latents.slice(0, latentSize);
  const high = latents.slice(0, latentSize);
  latents.forEach((value, at) => {
    const column = at % latentSize;
    low[column] = Math.min(low[column] as number, value);
    high[column] = Math.max(high[column] as number, value);
  });
  return { low, high };
}
