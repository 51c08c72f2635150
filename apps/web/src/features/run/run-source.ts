import type { Run } from "@autoencoder/model/run";

/** The recorded samples of a run: fixed test images, ten of each digit, and what the trainer computed for them. */
export interface Samples {
  count: number;
  /** Values of one latent vector. */
  latentSize: number;
  /** Numbers of the test images. */
  indices: number[];
  labels: number[];
  /** [count, 784] in [0, 1], flat. */
  originals: Float32Array;
  /** [count, latentSize], flat. */
  latents: Float32Array;
  /** [count, 784] in [0, 1], flat. */
  reconstructions: Float32Array;
  /** MSE of each. */
  mse: number[];
}

/**
 * Where figures get a run from: on the server, in the browser, or one that is training now. Figures take plain data from
 * it and do not know which.
 */
export interface RunSource {
  run: Run;
  /** Address of a file of the run, by its path in the run's folder. @throws Error when the run has no such file */
  address(path: string): string;
  samples(): Promise<Samples>;
}
