import type { Run } from "@autoencoder/model/run";
import { findRun } from "../../src/features/run/current-run.ts";
import { defaultRun } from "../../src/shared/default-run.ts";

const runNames = [...[2, 4, 8, 16, 32].map((size) => `${defaultRun}-${size}`), defaultRun, `${defaultRun}-128`];

/** Trainings that differ in the size of their code alone, smallest first; those that are here. */
export async function codeRuns(): Promise<Run[]> {
  const found = await Promise.all(runNames.map(findRun));
  return found.flatMap((result) => (result.ok ? [result.value] : []));
}
