import { floatsOf } from "@autoencoder/data";
import { meanSquaredError, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { mnist } from "./mnist.ts";
import { RunProblem, readRunTable } from "./run-store.ts";

/** The recorded samples of a run: fixed test images, ten of each digit, and what the trainer computed for them. */
export interface Samples {
  count: number;
  /** Values of one latent vector. */
  latentSize: number;
  /** Numbers of the test images. */
  indices: number[];
  labels: number[];
  /** [count, 784], flat; bytes as MNIST has them. */
  originals: Uint8Array;
  /** [count, latentSize], flat. */
  latents: Float32Array;
  /** [count, 784] in [0, 1], flat. */
  reconstructions: Float32Array;
  /** MSE of each. */
  mse: number[];
}

/** @throws RunProblem when the file is missing or damaged */
export async function readSamples(run: Run): Promise<Samples> {
  const table = await readRunTable(run, runPaths.samples);
  const indices = [...tensor(table, "indices").data];
  const latents = tensor(table, "latents");
  const reconstructions = Float32Array.from(tensor(table, "reconstructions").data);
  const { test } = await mnist();
  const { size } = test;
  if (reconstructions.length !== indices.length * size || indices.some((index) => index >= test.count)) {
    const message = `${runPaths.samples} of the run "${run.name}": expected digits of MNIST's ${test.count} but got others`;
    throw new RunProblem("FILE_BROKEN", message);
  }
  const originals = new Uint8Array(indices.length * size);
  indices.forEach((index, sample) => {
    originals.set(test.bytes(index), sample * size);
  });
  return {
    count: indices.length,
    latentSize: latents.shape[1] as number,
    indices,
    labels: indices.map((index) => test.labels[index] as number),
    originals,
    latents: Float32Array.from(latents.data),
    reconstructions,
    mse: indices.map((_, sample) => {
      const at = [sample * size, (sample + 1) * size] as const;
      return meanSquaredError(floatsOf(originals.subarray(...at)), reconstructions.subarray(...at));
    }),
  };
}
