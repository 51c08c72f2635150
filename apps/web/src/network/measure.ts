import { floatsOf } from "@autoencoder/data";
import { lossFunctions } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { type Network, valuesOf } from "./network.ts";
import type { Input, Output } from "./procedures.ts";
import type { Step } from "./serve.ts";

/** Digits of one piece: enough for WASM to be fast, few enough that other calls get their turn. */
const batchSize = 25;

/** Reconstructions of one piece of the search for the nearest: a phone takes a second for it. */
const searchSize = 50;

/** Rebuilds many digits and compares each with its original. */
export async function measure(
  network: Network,
  { pictures, loss, originals, composition }: Input<"measure">,
  step: Step,
): Promise<Output<"measure">> {
  const size = network.inputLength;
  const count = network.digits(pictures);
  if (originals) network.digits(originals);
  const pixels = floatsOf(pictures);
  const rebuilt = new Float32Array(pixels.length);
  const among = originals && floatsOf(originals);
  const share = among ? 0.8 : 1; // of the work; the search for the nearest is the rest
  let difference = 0;
  for (let first = 0; first < count; first += batchSize) {
    const part = pixels.subarray(first * size, Math.min(count, first + batchSize) * size);
    rebuilt.set(rebuild(network, part), first * size);
    if (composition) difference = Math.max(difference, compositionError(network, part));
    await step(share * Math.min(1, (first + batchSize) / count));
  }
  const nearest =
    among && (await nearestOf(rebuilt, among, { size, step: (done) => step(share + (1 - share) * done) }));
  const each = (of: (outputs: Float32Array, targets: Float32Array) => number) =>
    Float32Array.from({ length: count }, (_, at) => of(digit(rebuilt, at, size), digit(pixels, at, size)));
  const mse = each(lossFunctions.mse.ofPixels);
  return {
    mse,
    loss: loss === "mse" ? mse : each(lossFunctions[loss].ofPixels),
    ...(nearest && { nearest }),
    ...(composition && { composition: difference }),
  };
}

/** decoder(encoder(x)), the two parts one after the other. */
function rebuild(network: Network, pixels: Float32Array): Float32Array {
  const { encoder, decoder } = network.models;
  return tf.tidy(() => valuesOf(decoder.predict(encoder.predict(batch(network, pixels))) as tf.Tensor));
}

/** Greatest difference of autoencoder(x) from decoder(encoder(x)). */
function compositionError(network: Network, pixels: Float32Array): number {
  const composed = rebuild(network, pixels);
  const outputs = tf.tidy(() => valuesOf(network.models.autoencoder.predict(batch(network, pixels)) as tf.Tensor));
  return outputs.reduce((most, value, at) => Math.max(most, Math.abs(value - (composed[at] as number))), 0);
}

function batch(network: Network, pixels: Float32Array): tf.Tensor {
  return tf.tensor(pixels, [pixels.length / network.inputLength, ...network.inputShape]);
}

/** For each picture the number of the nearest original, in pieces. */
async function nearestOf(rebuilt: Float32Array, originals: Float32Array, { size, step }: { size: number; step: Step }) {
  const count = rebuilt.length / size;
  const nearest = new Int32Array(count);
  for (let first = 0; first < count; first += searchSize) {
    const some = rebuilt.subarray(first * size, Math.min(count, first + searchSize) * size);
    nearest.set(nearestOfSome(some, originals, size), first);
    await step(Math.min(1, (first + searchSize) / count));
  }
  return nearest;
}

/** |r − o|² = |r|² + |o|² − 2 r·o, and |r|² is the same for all originals. */
function nearestOfSome(rebuilt: Float32Array, originals: Float32Array, size: number): Int32Array {
  const [count, among] = [rebuilt.length / size, originals.length / size];
  const products = tf.tidy(() =>
    valuesOf(tf.matMul(tf.tensor2d(rebuilt, [count, size]), tf.transpose(tf.tensor2d(originals, [among, size])))),
  );
  const squares = Float64Array.from({ length: among }, (_, at) =>
    digit(originals, at, size).reduce((sum, value) => sum + value ** 2, 0),
  );
  return Int32Array.from({ length: count }, (_, row) => {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < among; at++) {
      const distance = (squares[at] as number) - 2 * (products[row * among + at] as number);
      if (distance < least) [least, nearest] = [distance, at];
    }
    return nearest;
  });
}

function digit(pixels: Float32Array, at: number, size: number): Float32Array {
  return pixels.subarray(at * size, (at + 1) * size);
}
