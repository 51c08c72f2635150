import { firstDigits } from "../../src/features/digit/server-data.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { firstNeighbours } from "./first-neighbours.ts";
import { LiveWalk } from "./lazy.ts";
import { walkOpening } from "./walk-opening.ts";

/** Walks between the first recorded sample of each class. */
export async function Walk() {
  const run = await currentRun();
  const samples = await api.digits.samples(run);
  const ends = firstDigits(samples);
  const { latent, nearest } = await firstNeighbours(run, samples, ends[walkOpening.from]?.sample ?? 0);
  return <LiveWalk ends={ends} run={run.name} first={{ latent, nearest: nearest.slice(0, 1) }} />;
}
