import type { ImageSet } from "@autoencoder/data";
import { type AutoencoderSpec, type MapLayer, mapLayersOf, type Table, writeTable } from "@autoencoder/model";
import { type Autoencoder, activations } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";

/** Images passed together: their 98,848 numbers each take 40 MB. */
const batch = 100;

/**
 * What every layer gives over all images: the mean of each of its numbers, and each map's least and greatest value.
 * @returns a table with `LAYER/mean` F16 [height, width, maps], `LAYER/min` and `LAYER/max` F32 [maps]
 */
export async function activationStatistics(
  models: Autoencoder,
  spec: AutoencoderSpec,
  images: ImageSet,
): Promise<Uint8Array> {
  const layers = mapLayersOf(spec).filter(({ index }) => index > 0);
  const found = new Map(layers.map((layer) => [layer.name, emptyStatistics(layer)]));
  for (let first = 0; first < images.count; first += batch) {
    const count = Math.min(batch, images.count - first);
    const pixels = images.floats(first, first + count);
    const outputs = tf.tidy(() => {
      const shape = mapLayersOf(spec)[0]?.sizes.output ?? [];
      const encoded = activations(models.encoder, tf.tensor(pixels, [count, ...shape]));
      const decoded = activations(models.decoder, [...encoded.values()].at(-1) as tf.Tensor);
      return layers.map(({ name }) => (encoded.get(name) ?? decoded.get(name)) as tf.Tensor);
    });
    for (const [at, layer] of layers.entries()) {
      const output = outputs[at] as tf.Tensor;
      add(found.get(layer.name) as Statistics, layer, (await output.data()) as Float32Array);
    }
    tf.dispose(outputs);
  }
  return writeTable(tableOf(layers, found, images.count));
}

interface Statistics {
  sum: Float64Array;
  least: Float32Array;
  greatest: Float32Array;
}

function emptyStatistics({ values, shape }: MapLayer): Statistics {
  return {
    sum: new Float64Array(values),
    least: new Float32Array(shape[2]).fill(Number.POSITIVE_INFINITY),
    greatest: new Float32Array(shape[2]).fill(Number.NEGATIVE_INFINITY),
  };
}

/** Adds a layer's numbers of several images, one image after the other. */
function add({ sum, least, greatest }: Statistics, { shape: [, , maps] }: MapLayer, outputs: Float32Array): void {
  for (let index = 0, at = 0, map = 0; index < outputs.length; index++) {
    const value = outputs[index] as number;
    sum[at] = (sum[at] as number) + value;
    if (value < (least[map] as number)) least[map] = value;
    if (value > (greatest[map] as number)) greatest[map] = value;
    if (++at === sum.length) at = 0;
    if (++map === maps) map = 0;
  }
}

function tableOf(layers: readonly MapLayer[], found: ReadonlyMap<string, Statistics>, count: number): Table {
  const entries = layers.flatMap(({ name, shape }) => {
    const { sum, least, greatest } = found.get(name) as Statistics;
    return [
      [`${name}/mean`, { dtype: "F16", shape, data: Float32Array.from(sum, (total) => total / count) }],
      [`${name}/min`, { dtype: "F32", shape: [shape[2]], data: least }],
      [`${name}/max`, { dtype: "F32", shape: [shape[2]], data: greatest }],
    ] as const;
  });
  return Object.fromEntries(entries) as Table;
}
