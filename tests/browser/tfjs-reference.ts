import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MapShape, mapLayerNamed, mapLayersOf, readTable, readWeights, tensor } from "@autoencoder/model";
import { parseRun, runPaths, weightsBeside } from "@autoencoder/model/run";
import { activations, buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs";
import { samples, testImages } from "./home-page.ts";

/** The page's own weights in Node on tfjs's plain JavaScript backend: what the viewer's numbers are held against. */

const folder = join(import.meta.dirname, "../../artifacts/assignment");
const run = parseRun(readFileSync(join(folder, "run.json"), "utf8"));
export const layers = mapLayersOf(run.spec);
const models = buildAutoencoder(run.spec);

export async function start(): Promise<void> {
  await tf.setBackend("cpu");
  for (const [part, path] of [
    ["encoder", runPaths.pageEncoder],
    ["decoder", runPaths.pageDecoder],
  ] as const) {
    const weights = readFileSync(join(folder, weightsBeside(path)));
    setWeights(models[part], readWeights(readFileSync(join(folder, path), "utf8"), weights));
  }
}

/** A recorded sample's pixels in [0, 1]. */
export function pixelsOf(sample: number): Float32Array {
  const index = samples.indices[sample] as number;
  return Float32Array.from(testImages.subarray(16 + index * 784, 16 + (index + 1) * 784), (byte) => byte / 255);
}

/** What tfjs computes for a layer and a recorded sample. */
export function layerOutput(sample: number, name: string): { shape: MapShape; values: Float32Array } {
  const { shape } = mapLayerNamed(layers, name);
  const values = tf.tidy(() => {
    const encoded = activations(models.encoder, tf.tensor(pixelsOf(sample), [1, 28, 28, 1]));
    const decoded = activations(models.decoder, encoded.get("latent_vector") as tf.Tensor);
    return (encoded.get(name) ?? decoded.get(name)) as tf.Tensor;
  });
  return { shape, values: values.dataSync() as Float32Array };
}

/** The gradient of a rebuilt pixel by the input, by tfjs. */
export function influenceOf(sample: number, row: number, column: number): Float32Array {
  const gradient = tf.tidy(() => {
    const pixel = (x: tf.Tensor) => {
      const rebuilt = models.decoder.apply(models.encoder.apply(x)) as tf.Tensor;
      return tf.sum(tf.slice(rebuilt, [0, row, column, 0], [1, 1, 1, 1]));
    };
    return tf.grad(pixel)(tf.tensor(pixelsOf(sample), [1, 28, 28, 1]));
  });
  return gradient.dataSync() as Float32Array;
}

/** The MSE of a sample rebuilt from its code with one value set to 0, or to another number. */
export function errorWithout(sample: number, value: number, to = 0): number {
  const latent = Float32Array.from(layerOutput(sample, "latent_vector").values);
  latent[value] = to;
  const rebuilt = decode(latent);
  const pixels = pixelsOf(sample);
  return pixels.reduce((sum, pixel, at) => sum + (pixel - (rebuilt[at] as number)) ** 2, 0) / pixels.length;
}

/** A code value's mean over the test digits, as the trainer recorded it. */
export function recordedMean(value: number): number {
  const table = readTable(readFileSync(join(folder, runPaths.testActivations)));
  return tensor(table, "latent_vector/mean").data[value] as number;
}

/** A layer's weights, as the page's file has them. */
export function weightsOf(layer: string): { kernel: Float32Array; shape: readonly number[] } {
  const found = [...models.encoder.weights, ...models.decoder.weights].find(({ name }) => name === `${layer}/kernel`);
  if (!found) throw new Error(`Expected a kernel of ${layer}.`);
  const value = found.read();
  return { kernel: value.dataSync() as Float32Array, shape: value.shape };
}

/** What tfjs's decoder paints of a code. */
export function decode(latent: Float32Array): Float32Array {
  const picture = tf.tidy(() => models.decoder.predict(tf.tensor(latent, [1, latent.length])) as tf.Tensor);
  return picture.dataSync() as Float32Array;
}

/** What tfjs makes of any picture. */
export function rebuild(pixels: Float32Array): Float32Array {
  const code = tf.tidy(() => models.encoder.predict(tf.tensor(pixels, [1, 28, 28, 1])) as tf.Tensor);
  return decode(code.dataSync() as Float32Array);
}
