import { type MapLayer, meanSquaredError } from "@autoencoder/model";
import * as tf from "@tensorflow/tfjs-core";
import { type Network, valuesOf } from "./network.ts";
import type { Step } from "./serve.ts";

/** Copies of one digit, each with another map switched off, that are computed in one batch. */
const batchSize = 16;

/** What a switched-off map is set to: a mean for each of the layer's numbers, or 0 everywhere. */
export type ReplacementValues = Float32Array | 0;

/** Rebuilds the digit of a pass with one map of a layer replaced. @returns the picture */
export function rebuildWithout(
  network: Network,
  output: Float32Array,
  { layer, map, replacement }: { layer: MapLayer; map: number; replacement: ReplacementValues },
): Float32Array {
  const changed = Float32Array.from(output);
  replaceMap(changed, { map, maps: layer.shape[2], replacement });
  return tf.tidy(() => valuesOf(restOfNetwork(network, layer, tf.tensor(changed, [1, ...layer.sizes.output]))));
}

/** What each map's absence costs: the MSE with it replaced less the MSE as it is. @returns one rise for each map */
export async function damageOfEach(
  network: Network,
  { layer, replacement }: { layer: MapLayer; replacement: ReplacementValues },
  { outputs, originals, step }: DamageInputs,
): Promise<Float32Array> {
  const maps = layer.shape[2];
  const count = originals.length / network.inputLength;
  const before = errors(network, layer, { outputs, originals });
  const rises = new Float32Array(maps);
  // Few digits: many maps at a time. Many digits: one map after the other.
  const atATime = Math.max(1, Math.floor(batchSize / count));
  for (let first = 0; first < maps; first += atATime) {
    const some = Array.from({ length: Math.min(atATime, maps - first) }, (_, at) => first + at);
    const changed = new Float32Array(outputs.length * some.length);
    const repeated = new Float32Array(originals.length * some.length);
    some.forEach((map, at) => {
      const copy = changed.subarray(at * outputs.length, (at + 1) * outputs.length);
      copy.set(outputs);
      replaceMap(copy, { map, maps, replacement });
      repeated.set(originals, at * originals.length);
    });
    const after = errors(network, layer, { outputs: changed, originals: repeated });
    some.forEach((map, at) => {
      let rise = 0;
      for (let digit = 0; digit < count; digit++) {
        rise += (after[at * count + digit] as number) - (before[digit] as number);
      }
      rises[map] = rise / count;
    });
    await step((first + some.length) / maps);
  }
  return rises;
}

/** Replaces one map in the numbers of one or more digits, one digit after the other. */
function replaceMap(
  values: Float32Array,
  { map, maps, replacement }: { map: number; maps: number; replacement: ReplacementValues },
): void {
  for (let at = map; at < values.length; at += maps) {
    values[at] = replacement === 0 ? 0 : (replacement[at % replacement.length] as number);
  }
}

export interface DamageInputs {
  /** The layer's numbers of one or more digits, one digit after the other. */
  outputs: Float32Array;
  /** The digits' pixels in [0, 1]. */
  originals: Float32Array;
  step: Step;
}

/** A layer's numbers for several digits. @param pixels in [0, 1], one digit after the other */
export function layerOutputs(network: Network, layer: MapLayer, pixels: Float32Array): Float32Array {
  const { encoder, decoder } = network.models;
  return tf.tidy(() => {
    let tensor: tf.Tensor = tf.tensor(pixels, [pixels.length / network.inputLength, ...network.inputShape]);
    for (const next of [...encoder.layers, ...decoder.layers]) {
      if (next.getClassName() !== "InputLayer") tensor = next.apply(tensor) as tf.Tensor;
      if (next.name === layer.name) break;
    }
    return valuesOf(tensor);
  });
}

/** The pictures that the rest of the network makes of a layer's output. */
function restOfNetwork(network: Network, layer: MapLayer, output: tf.Tensor): tf.Tensor {
  const layers = [...network.models.encoder.layers, ...network.models.decoder.layers];
  const at = layers.findIndex(({ name }) => name === layer.name);
  let tensor = output;
  for (const next of layers.slice(at + 1)) {
    if (next.getClassName() !== "InputLayer") tensor = next.apply(tensor) as tf.Tensor;
  }
  return tensor;
}

/** MSE of each picture that the rest of the network makes. */
function errors(
  network: Network,
  layer: MapLayer,
  { outputs, originals }: Pick<DamageInputs, "outputs" | "originals">,
): Float32Array {
  const size = network.inputLength;
  const count = originals.length / size;
  const pictures = tf.tidy(() =>
    valuesOf(restOfNetwork(network, layer, tf.tensor(outputs, [count, ...layer.sizes.output]))),
  );
  return Float32Array.from({ length: count }, (_, digit) => {
    const [first, last] = [digit * size, (digit + 1) * size];
    return meanSquaredError(pictures.subarray(first, last), originals.subarray(first, last));
  });
}
