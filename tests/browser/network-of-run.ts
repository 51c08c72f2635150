import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readWeights } from "@autoencoder/model";
import { runPaths, weightsBeside } from "@autoencoder/model/run";
import { buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs";
import { artifacts, runOf } from "./chapter-page.ts";

/** A run's network with the weights that its page loads, in Node on tfjs's plain JavaScript backend. */
export async function networkOf(name: string) {
  await tf.setBackend("cpu");
  const { encoder, decoder } = buildAutoencoder(runOf(name).spec);
  for (const [model, path] of [
    [encoder, runPaths.pageEncoder],
    [decoder, runPaths.pageDecoder],
  ] as const) {
    const weights = readFileSync(join(artifacts, name, weightsBeside(path)));
    setWeights(model, readWeights(readFileSync(join(artifacts, name, path), "utf8"), weights));
  }
  const ask = (model: tf.LayersModel, values: Float32Array, shape: number[]) =>
    tf.tidy(() => model.predict(tf.tensor(values, shape)) as tf.Tensor).dataSync() as Float32Array;
  return {
    /** @param pixels [784] in [0, 1] @returns the code */
    encode: (pixels: Float32Array) => ask(encoder, pixels, [1, 28, 28, 1]),
    /** @returns [784] in [0, 1] */
    decode: (code: Float32Array) => ask(decoder, code, [1, code.length]),
  };
}
