import type { Run } from "@autoencoder/model/run";
import { defaultRun } from "../../shared/default-run.ts";
import { currentRun, findRun } from "./current-run.ts";

/** Runs that chapters set side by side: one that collapsed and one that learned. */

/** The committed run of the assignment's literal recipe, which collapsed. */
export const collapsedRunName = "assignment-literal";

/** That run, where it is here. */
export async function collapsedRun(): Promise<Run | undefined> {
  return whereFound(collapsedRunName);
}

/** A run that learned: the page's own, where it did and its losses compare, else the default one, where it is here. */
export async function healthyRun(): Promise<Run | undefined> {
  const run = await currentRun();
  return run.status === "complete" && run.recipe.loss === "mse" ? run : whereFound(defaultRun);
}

async function whereFound(name: string): Promise<Run | undefined> {
  const result = await findRun(name);
  return result.ok ? result.value : undefined;
}
