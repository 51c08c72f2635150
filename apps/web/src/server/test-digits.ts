import { tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { mnist } from "./mnist.ts";
import { readRunTable } from "./run-store.ts";

/** The test digits of one class with the errors that the trainer recorded, the best rebuilt first. @throws RunProblem */
export async function byError(run: Run, label: number): Promise<{ index: number; mse: number }[]> {
  const mse = tensor(await readRunTable(run, runPaths.testErrors), "mse").data;
  const { test } = await mnist();
  return Array.from(test.labels.keys())
    .filter((index) => test.labels[index] === label)
    .map((index) => ({ index, mse: mse[index] as number }))
    .sort((a, b) => a.mse - b.mse);
}
