import { type Run, runPaths } from "@autoencoder/model/run";
import { encodeBytes, encodeFloats } from "../../src/features/digit/encoding.ts";
import { defaultSample, firstDigits } from "../../src/features/digit/server-data.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { drawnAddress, findFile } from "../../src/shared/run-addresses.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import { LiveKeypad, LiveLatentMap, LiveNeighbours, LiveSamplers, LiveWalk } from "./lazy.ts";
import type { FirstNeighbours } from "./use-neighbours.ts";
import { walkOpening } from "./walk-opening.ts";

/** What the server hands to the chapter's live figures. */

/** The code as a keypad, over the range that each value has in the test digits. */
export async function Keypad() {
  const { mean, low, high } = await api.latents.spread(await currentRun());
  return <LiveKeypad spread={{ mean: encodeFloats(mean), low: encodeFloats(low), high: encodeFloats(high) }} />;
}

/** The test digits whose codes are nearest to that of the chapter's digit. */
export async function Neighbours() {
  const run = await currentRun();
  const first = await firstNeighbours(run, await api.digits.samples(run), defaultSample);
  return <LiveNeighbours run={run.name} first={first} />;
}

/** Random codes, spread as those of the test digits are. */
export async function Samplers() {
  const run = await currentRun();
  const { mean, deviation } = await api.latents.spread(run);
  return (
    <LiveSamplers
      mean={encodeFloats(mean)}
      deviation={encodeFloats(deviation)}
      factor={`${drawnAddress(run)}/latents/factor`}
    />
  );
}

/** Walks between the first recorded sample of each class. */
export async function Walk() {
  const run = await currentRun();
  const samples = await api.digits.samples(run);
  const ends = firstDigits(samples);
  const { latent, nearest } = await firstNeighbours(run, samples, ends[walkOpening.from]?.sample ?? 0);
  return <LiveWalk ends={ends} run={run.name} first={{ latent, nearest: nearest.slice(0, 1) }} />;
}

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
      codeSize={codeSize(run)}
    />
  );
}

/** The test digits with the codes nearest to a recorded sample's, for a figure that opens on it. */
async function firstNeighbours(run: Run, samples: ApiAnswers["digits"]["samples"], sample: number) {
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
