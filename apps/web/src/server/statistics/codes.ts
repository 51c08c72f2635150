import { tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { readRunTable } from "../run-store.ts";

/** The codes of all test digits: [count, width] flat. @throws RunProblem */
export async function testCodes(run: Run): Promise<{ values: Float32Array; width: number }> {
  const { data, shape } = tensor(await readRunTable(run, runPaths.testLatents), "latents");
  return { values: Float32Array.from(data), width: shape[1] as number };
}
