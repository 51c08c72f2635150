import { type Run, runPaths } from "@autoencoder/model/run";
import { encodeBytes, encodeFloats } from "../../src/features/digit/encoding.ts";
import { defaultSample, firstDigits } from "../../src/features/digit/server-data.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { drawnAddress, findFile } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveKeypad, LiveLatentMap, LiveSamplers, LiveWalk } from "./lazy.ts";
import type { FirstNeighbours } from "./use-neighbours.ts";

/** What the server hands to the chapter's live figures. */

/** The code as a keypad, over the range that each value has in the test digits. */
export async function Keypad() {
  const { mean, low, high } = await api.latents.spread(await currentRun());
  return <LiveKeypad spread={{ mean: encodeFloats(mean), low: encodeFloats(low), high: encodeFloats(high) }} />;
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

/** Walks from the chapter's digit to the first recorded sample of a class. */
export async function Walk() {
  const run = await currentRun();
  const { latent, nearest } = await firstNeighbours(run);
  const ends = firstDigits(await api.digits.samples(run));
  return <LiveWalk ends={ends} run={run.name} first={{ latent, nearest: nearest.slice(0, 3) }} />;
}

/** The codes of all test digits in the plane, and those nearest to the chapter's digit. */
export async function LatentMap() {
  const run = await currentRun();
  const { share, count } = await api.latents.plane(run);
  return (
    <LiveLatentMap
      run={run.name}
      pca={`${drawnAddress(run)}/latents/plane`}
      umap={findFile(run, runPaths.projections)}
      count={count}
      share={share}
      codeSize={codeSize(run)}
      first={await firstNeighbours(run)}
    />
  );
}

/** The test digits with the codes nearest to that of the digit that the chapter opens on. */
async function firstNeighbours(run: Run): Promise<FirstNeighbours> {
  const { latents, latentSize } = await api.digits.samples(run);
  const latent = latents.subarray(defaultSample * latentSize, (defaultSample + 1) * latentSize);
  const nearest = await api.page.neighbours({ name: run.name, latent: Array.from(latent) });
  const pictures = await api.digits.pixels({ indices: nearest.map(({ index }) => index) });
  return {
    latent: encodeFloats(latent),
    nearest: nearest.map((digit, at) => ({ ...digit, pixels: encodeBytes(pictures[at] as Uint8Array) })),
  };
}
