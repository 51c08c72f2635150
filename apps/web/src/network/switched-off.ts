import { type MapLayer, meanSquaredError } from "@autoencoder/model";
import * as tf from "@tensorflow/tfjs-core";
import { type Network, valuesOf } from "./network.ts";

/** Copies of one digit, each with another map switched off, that are computed together. */
const together = 16;

/** What a switched-off map is set to: a mean for each of the stage's numbers, or 0 everywhere. */
export type Replacement = Float32Array | 0;

/** Rebuilds the digit of a pass with one map of a stage replaced. @returns the picture */
export function rebuildWithout(
  network: Network,
  output: Float32Array,
  { stage, map, replacement }: { stage: MapLayer; map: number; replacement: Replacement },
): Float32Array {
  const changed = Float32Array.from(output);
  const channels = stage.shape[2];
  for (let at = map; at < changed.length; at += channels) {
    changed[at] = replacement === 0 ? 0 : (replacement[at] as number);
  }
  return tf.tidy(() => valuesOf(goOn(network, stage, tf.tensor(changed, [1, ...stage.sizes.output]))));
}

/** What each map's absence costs: the MSE with it replaced less the MSE as it is. @returns one rise for each map */
export async function damageOfEach(
  network: Network,
  { stage, replacement }: { stage: MapLayer; replacement: Replacement },
  { outputs, originals, step }: DamageInputs,
): Promise<Float32Array> {
  const maps = stage.shape[2];
  const count = originals.length / network.inputLength;
  const asItIs = errors(network, stage, { outputs, originals });
  const rises = new Float32Array(maps);
  // Few digits: many maps together. Many digits: one map after the other.
  const mapsTogether = Math.max(1, Math.floor(together / count));
  for (let first = 0; first < maps; first += mapsTogether) {
    const some = Array.from({ length: Math.min(mapsTogether, maps - first) }, (_, at) => first + at);
    const changed = new Float32Array(outputs.length * some.length);
    some.forEach((map, at) => {
      changed.set(outputs, at * outputs.length);
      for (let index = map; index < outputs.length; index += maps) {
        changed[at * outputs.length + index] =
          replacement === 0 ? 0 : (replacement[index % replacement.length] as number);
      }
    });
    const repeated = new Float32Array(originals.length * some.length);
    some.forEach((_, at) => {
      repeated.set(originals, at * originals.length);
    });
    const without = errors(network, stage, { outputs: changed, originals: repeated });
    some.forEach((map, at) => {
      let rise = 0;
      for (let digit = 0; digit < count; digit++) {
        rise += (without[at * count + digit] as number) - (asItIs[digit] as number);
      }
      rises[map] = rise / count;
    });
    await step((first + some.length) / maps);
  }
  return rises;
}

export interface DamageInputs {
  /** The stage's numbers of one or more digits, one digit after the other. */
  outputs: Float32Array;
  /** The digits' pixels in [0, 1]. */
  originals: Float32Array;
  /** Called after every piece of work, with the part that is done; throws to end it. */
  step: (done: number) => Promise<void>;
}

/** A stage's numbers for several digits. @param pixels in [0, 1], one digit after the other */
export function stageOutputs(network: Network, stage: MapLayer, pixels: Float32Array): Float32Array {
  const { encoder, decoder } = network.models;
  return tf.tidy(() => {
    let tensor: tf.Tensor = tf.tensor(pixels, [pixels.length / network.inputLength, ...network.inputShape]);
    for (const layer of [...encoder.layers, ...decoder.layers]) {
      if (layer.getClassName() !== "InputLayer") tensor = layer.apply(tensor) as tf.Tensor;
      if (layer.name === stage.name) break;
    }
    return valuesOf(tensor);
  });
}

/** The pictures that the rest of the network makes of a stage's output. */
function goOn(network: Network, stage: MapLayer, output: tf.Tensor): tf.Tensor {
  const layers = [...network.models.encoder.layers, ...network.models.decoder.layers];
  const at = layers.findIndex(({ name }) => name === stage.name);
  let tensor = output;
  for (const layer of layers.slice(at + 1)) {
    if (layer.getClassName() !== "InputLayer") tensor = layer.apply(tensor) as tf.Tensor;
  }
  return tensor;
}

/** MSE of each picture that the rest of the network makes. */
function errors(
  network: Network,
  stage: MapLayer,
  { outputs, originals }: Pick<DamageInputs, "outputs" | "originals">,
): Float32Array {
  const size = network.inputLength;
  const count = originals.length / size;
  const pictures = tf.tidy(() => valuesOf(goOn(network, stage, tf.tensor(outputs, [count, ...stage.sizes.output]))));
  const digit = (pixels: Float32Array, at: number) => pixels.subarray(at * size, (at + 1) * size);
  return Float32Array.from({ length: count }, (_, at) => meanSquaredError(digit(pictures, at), digit(originals, at)));
}
