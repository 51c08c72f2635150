import { defaultSample } from "../../src/features/digit/server-data.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { firstNeighbours } from "./first-neighbours.ts";
import { LiveNeighbours } from "./lazy.ts";

/** The test digits whose codes are nearest to that of the chapter's digit. */
export async function Neighbours() {
  const run = await currentRun();
  const first = await firstNeighbours(run, await api.digits.samples(run), defaultSample);
  return <LiveNeighbours run={run.name} first={first} />;
}
