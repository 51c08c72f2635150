import { type MapShape, mapLayerNamed, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { forwardPass } from "../forward-pass.ts";
import { readRunTable } from "../run-store.ts";

/** The feature maps that the last convolution reads, and what it makes of them. @throws RunProblem */
export async function lastMaps(run: Run) {
  const greatest = tensor(await readRunTable(run, runPaths.testActivations), "conv2d_3/max").data;
  const { layers, weights } = await forwardPass(run, 0);
  const [, , maps]: MapShape = mapLayerNamed(layers, "conv2d_3").shape;
  const kernel = weights.get("conv2d_4/kernel") as Float32Array;
  return {
    maps,
    /** Maps that are above 0 somewhere for some test digit. */
    alive: Array.from(greatest.keys()).filter((map) => (greatest[map] as number) > 0),
    /** For each map the sum of its weights: above 0 it adds light, below it darkens. */
    weightSums: Array.from({ length: maps }, (_, map) =>
      kernel.reduce((sum, weight, at) => (at % maps === map ? sum + weight : sum), 0),
    ),
    bias: weights.get("conv2d_4/bias")?.[0] ?? 0,
  };
}
