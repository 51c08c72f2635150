import type { Run } from "@autoencoder/model/run";
import { encodeBytes, encodeFloats } from "../../src/features/digit/encoding.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import type { FirstNeighbours } from "./use-neighbours.ts";

/** The test digits with the codes nearest to a recorded sample's, for a figure that opens on it. */
export async function firstNeighbours(run: Run, samples: ApiAnswers["digits"]["samples"], sample: number) {
  const { latents, latentSize } = samples;
  const latent = latents.subarray(sample * latentSize, (sample + 1) * latentSize);
  const nearest = await api.page.neighbours({ name: run.name, latent: Array.from(latent) });
  const pictures = await api.digits.pixels({ indices: nearest.map(({ index }) => index) });
  const first: FirstNeighbours = {
    latent: encodeFloats(latent),
    nearest: nearest.map((digit, at) => ({ ...digit, pixels: encodeBytes(pictures[at] as Uint8Array) })),
  };
  return first;
}
