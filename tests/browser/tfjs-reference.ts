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

/** The error of a rebuilt sample with another number as one weight of the output layer, and its gradient, by tfjs. */
export function errorByWeight(
  sample: number,
  { row, column, channel }: { row: number; column: number; channel: number },
  weight: number,
): { error: number; gradient: number } {
  const { shape, values } = layerOutput(sample, "up_sampling2d_1");
  return tf.tidy(() => {
    const [kernel, bias] = models.decoder.getLayer("conv2d_4").getWeights() as [tf.Tensor4D, tf.Tensor1D];
    const numbers = kernel.dataSync().slice();
    numbers[(row * 3 + column) * shape[2] + channel] = weight;
    const maps = tf.tensor(values, [1, ...shape]) as tf.Tensor4D;
    const target = tf.tensor(pixelsOf(sample), [1, 28, 28, 1]);
    const errorOf = (kernel: tf.Tensor) => {
      const painted = tf.sigmoid(tf.add(tf.conv2d(maps, kernel as tf.Tensor4D, 1, "same"), bias));
      return tf.mean(tf.squaredDifference(painted, target)).asScalar();
    };
    const { value, grad } = tf.valueAndGrad(errorOf)(tf.tensor(numbers, kernel.shape));
    return {
      error: value.dataSync()[0] as number,
      gradient: grad.dataSync()[(row * 3 + column) * shape[2] + channel] as number,
    };
  });
}

/** A code value's mean over the test digits, as the trainer recorded it. */
export function recordedMean(value: number): number {
  const table = readTable(readFileSync(join(folder, runPaths.testActivations)));
  return tensor(table, "latent_vector/mean").data[value] as number;
}

/** A layer's weights, as the page's file has them. */
export function weightsOf(layer: string): { kernel: Float32Array; shape: readonly number[] } {
  // By its layer: tfjs numbers the names of weights when a process builds more than one model.
  const found = [...models.encoder.layers, ...models.decoder.layers].find(({ name }) => name === layer);
  const [kernel] = found?.getWeights() ?? [];
  if (!kernel) throw new Error(`Expected a kernel of ${layer}.`);
  return { kernel: kernel.dataSync() as Float32Array, shape: kernel.shape };
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

/** Of each value of the code its 1st and 99th percentile over the 10,000 test digits, from the trainer's table. */
export function percentiles(): { low: number[]; high: number[] } {
  const { data, shape } = tensor(readTable(readFileSync(join(folder, runPaths.testLatents))), "latents");
  const [count, width] = shape as [number, number];
  const sorted = Array.from({ length: width }, (_, value) =>
    Array.from({ length: count }, (_, row) => data[row * width + value] as number).sort((a, b) => a - b),
  );
  const at = (part: number) => sorted.map((values) => values[Math.round(part * (count - 1))] as number);
  return { low: at(0.01), high: at(0.99) };
}

/** What tfjs makes of a picture when the activation of some layers is left out, their weights as they are. */
export function rebuildStraight(pixels: Float32Array, straight: readonly string[]): Float32Array {
  const straightened = (part: "encoder" | "decoder") => ({
    ...run.spec[part],
    layers: run.spec[part].layers.map((layer) =>
      straight.includes(layer.name) ? ({ ...layer, activation: "linear" } as typeof layer) : layer,
    ),
  });
  const other = buildAutoencoder({ encoder: straightened("encoder"), decoder: straightened("decoder") });
  const picture = tf.tidy(() => {
    for (const part of ["encoder", "decoder"] as const) other[part].setWeights(models[part].getWeights());
    return other.decoder.predict(other.encoder.predict(tf.tensor(pixels, [1, 28, 28, 1]))) as tf.Tensor;
  });
  return picture.dataSync() as Float32Array;
}

/**
 * What tfjs's decoder paints when the code is rotated and its first layer turned back: its kernel multiplied by the rotation.
 * @param rotation rows of an orthogonal matrix, as wide as the code
 * @param change added to one value of the rotated code
 */
export function decodeRotated(
  latent: Float32Array,
  rotation: readonly Float64Array[],
  change: { value: number; by: number },
): Float32Array {
  const other = buildAutoencoder(run.spec);
  const picture = tf.tidy(() => {
    const turn = tf.tensor2d(rotation.map((row) => Array.from(row)));
    const [kernel, ...others] = models.decoder.getWeights() as [tf.Tensor2D, ...tf.Tensor[]];
    other.decoder.setWeights([tf.matMul(turn, kernel), ...others]);
    const code = (tf.matMul(turn, tf.tensor2d(latent, [latent.length, 1])).dataSync() as Float32Array).slice();
    code[change.value] = (code[change.value] as number) + change.by;
    return other.decoder.predict(tf.tensor(code, [1, code.length])) as tf.Tensor;
  });
  return picture.dataSync() as Float32Array;
}
