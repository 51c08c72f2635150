import { createRandom } from "@autoencoder/data";
import { forward, layerValues, type MapLayer, mapLayerNamed, type WeightsByName } from "@autoencoder/model";

/** A random rotation of the code's space: rows are orthogonal unit vectors, by Gram and Schmidt. */
export function randomRotation(width: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const rows: Float64Array[] = [];
  while (rows.length < width) {
    const row = Float64Array.from({ length: width }, () => random.normal());
    for (let turn = 0; turn < 2; turn++) {
      for (const other of rows) {
        const along = row.reduce((sum, value, at) => sum + value * (other[at] as number), 0);
        for (let at = 0; at < width; at++) row[at] = (row[at] as number) - along * (other[at] as number);
      }
    }
    const length = Math.hypot(...row);
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

/**
 * The same network with its code rotated: what the encoder's last layer gives is turned by Q, and the decoder's first
 * layer turned back. Possible because the code has no activation.
 */
export function rotatedWeights(weights: WeightsByName, rotation: readonly Float64Array[]): WeightsByName {
  const width = rotation.length;
  const take = (name: string) => weights.get(name) as Float32Array;
  const [encoder, bias, decoder] = ["latent_vector/kernel", "latent_vector/bias", "dense/kernel"].map(take) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const turn = (row: Float32Array) =>
    Float32Array.from(rotation, (axis) => axis.reduce((sum, value, at) => sum + value * (row[at] as number), 0));
  const turned = new Float32Array(encoder.length);
  for (let at = 0; at < encoder.length; at += width) turned.set(turn(encoder.subarray(at, at + width)), at);
  const units = decoder.length / width;
  const back = new Float32Array(decoder.length);
  rotation.forEach((axis, row) => {
    for (let unit = 0; unit < units; unit++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (axis[k] as number) * (decoder[k * units + unit] as number);
      back[row * units + unit] = sum;
    }
  });
  return new Map([
    ...weights,
    ["latent_vector/kernel", turned],
    ["latent_vector/bias", turn(bias)],
    ["dense/kernel", back],
  ]);
}

export interface Rotated {
  latent: Float32Array;
  reconstruction: Float32Array;
  /** How many of the code's values changed by more than 0.01. */
  changed: number;
  /** The greatest change of a pixel. */
  greatest: number;
}

/** A digit through the network and through its twin with a rotated code. */
export function compareRotated(
  layers: readonly MapLayer[],
  weights: WeightsByName,
  pixels: Float32Array,
  rotation: readonly Float64Array[],
): Rotated {
  const code = layers.find(({ part }) => part === "code") as MapLayer;
  const output = layers.at(-1) as MapLayer;
  const straight = forward(layers, weights, pixels);
  const turned = forward(layers, rotatedWeights(weights, rotation), pixels);
  const latent = layerValues(turned, mapLayerNamed(layers, code.name)).slice();
  const reconstruction = layerValues(turned, output).slice();
  const before = layerValues(straight, code);
  const picture = layerValues(straight, output);
  return {
    latent,
    reconstruction,
    changed: latent.filter((value, at) => Math.abs(value - (before[at] as number)) > 0.01).length,
    greatest: reconstruction.reduce((most, value, at) => Math.max(most, Math.abs(value - (picture[at] as number))), 0),
  };
}
