import { layerValues, type MapLayer, type MapShape } from "@autoencoder/model";
import { setGrey, signedPixels } from "./pixels.ts";
import type { Pixels8 } from "./png.ts";

/** The range of values that black to white stand for. */
export interface MapScale {
  readonly low: number;
  readonly high: number;
}

/** From 0, or the least value where there are negative ones, to the greatest of these values. */
export function mapScale(values: Float32Array): MapScale {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  return { low, high };
}

/** One scale for all maps of a layer; pictures have their own, from 0 to 1. */
export function layerScale(layer: MapLayer, values: Float32Array): MapScale {
  const spec = layer.spec;
  const picture = spec.className === "InputLayer" || ("activation" in spec && spec.activation === "sigmoid");
  return picture ? { low: 0, high: 1 } : mapScale(values);
}

/** A scale for each layer of the strip. @param activations the numbers of all layers */
export function stripScales(layers: readonly MapLayer[], activations: Float32Array): MapScale[] {
  return layers.map((layer) => layerScale(layer, layerValues(activations, layer)));
}

/** One scale for each feature map of a layer. */
export function mapScales(values: Float32Array, [, , channels]: MapShape): MapScale[] {
  const scales = Array.from({ length: channels }, () => ({ low: 0, high: 0 }));
  for (let at = 0; at < values.length; at++) {
    const scale = scales[at % channels] as { low: number; high: number };
    const value = values[at] as number;
    if (value < scale.low) scale.low = value;
    if (value > scale.high) scale.high = value;
  }
  return scales;
}

/** A value on its scale as a grey of 0 to 255. */
export function scaled(value: number, { low, high }: MapScale): number {
  return high > low ? Math.round(((value - low) / (high - low)) * 255) : 0;
}

/** Values on their scale as a grey picture. */
export function scaledPixels(values: ArrayLike<number>, width: number, scale: MapScale): Pixels8 {
  const data = Uint8ClampedArray.from(values, (value) => scaled(value, scale));
  return { width, height: values.length / width, channels: 1, data };
}

/** One map as a picture: in greys, or in two colours around 0 where it has negative values. */
export function mapPixels(layer: MapLayer, map: Float32Array): Pixels8 {
  const [, width] = layer.shape;
  const scale = layerScale(layer, map);
  if (scale.low < 0) return signedPixels(map, width, Math.max(-scale.low, scale.high));
  return scaledPixels(map, width, scale);
}

interface Tiling {
  /** The pixel of each map's upper left value. */
  corners: readonly number[];
  mapWidth: number;
  /** Pixels of a line of the picture. */
  width: number;
}

/**
 * Paints maps, one pixel a value; done for 100,000 values a digit, so without an array for each.
 * @param scales one for all maps, or one for each
 */
export function paintMaps(
  data: Uint8ClampedArray,
  values: Float32Array,
  scales: readonly MapScale[],
  { corners, mapWidth, width }: Tiling,
): void {
  const maps = corners.length;
  const positions = values.length / maps;
  for (let position = 0; position < positions; position++) {
    const offset = Math.floor(position / mapWidth) * width + (position % mapWidth);
    for (let map = 0; map < maps; map++) {
      const scale = scales[map % scales.length] as MapScale;
      setGrey(data, (corners[map] as number) + offset, scaled(values[position * maps + map] as number, scale));
    }
  }
}
