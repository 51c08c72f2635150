import { api } from "../../trpc/caller.ts";
import { defaultSample } from "../digit/server-data.ts";
import { currentRun } from "../run/current-run.ts";

/** Every number that the page's network computes for the digit that chapters open on. */
export async function openingForwardPass() {
  return api.digits.forwardPass(await openingDigit());
}

/** The run of the page, and which test image its chapters open on. */
export async function openingDigit(): Promise<{ name: string; index: number }> {
  const run = await currentRun();
  const { indices } = await api.digits.samples(run);
  return { name: run.name, index: indices[defaultSample] as number };
}
