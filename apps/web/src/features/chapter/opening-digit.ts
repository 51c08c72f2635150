import { api } from "../../trpc/caller.ts";
import { defaultSample } from "../digit/server-data.ts";
import { currentRun } from "../run/current-run.ts";

/** Every number that the page's network computes for the digit that chapters open on. */
export async function openingForwardPass() {
  const run = await currentRun();
  const { indices } = await api.digits.samples(run);
  return api.digits.forwardPass({ name: run.name, index: indices[defaultSample] as number });
}
