import { shown } from "../words.ts";
import { type LayerSizes, layerSizes } from "./parameters.ts";
import { type Shape, sizeOf } from "./shapes.ts";
import type { AutoencoderSpec, LayerSpec } from "./spec.ts";

/**
 * A layer that makes numbers of its own, its output seen as feature maps. Flatten and Reshape only rename numbers: they are
 * no map layers, a Dense layer before a Reshape has the Reshape's shape here, and the decoder's input is the encoder's last
 * map layer, the code.
 */
export interface MapLayer {
  /** Name of the layer that computes it. */
  readonly name: string;
  readonly part: "encoder" | "code" | "decoder";
  /** Its place among the map layers of the network, from 0. */
  readonly index: number;
  readonly spec: LayerSpec;
  readonly sizes: LayerSizes;
  /** Output as `[height, width, channels]`; a vector of n numbers is 1 × 1 × n. */
  readonly shape: MapShape;
  /** Where its numbers stand among all numbers of a digit, layer after layer. */
  readonly offset: number;
  readonly values: number;
}

/** `[height, width, channels]` */
export type MapShape = readonly [height: number, width: number, channels: number];

/** One value of a layer, from 0; a vector's values have row 0 and column 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** All map layers of a network, the input first. Their numbers together are all that the network makes for one digit. */
export function mapLayersOf(spec: AutoencoderSpec): MapLayer[] {
  const code = spec.encoder.layers.findLast(({ className }) => !renames(className))?.name;
  const found: MapLayer[] = [];
  let offset = 0;
  for (const part of ["encoder", "decoder"] as const) {
    const layers = layerSizes(spec[part]);
    layers.forEach((sizes, at) => {
      const { className, name } = sizes.layer;
      if (renames(className) || (className === "InputLayer" && part === "decoder")) return;
      const next = layers[at + 1];
      const shape = asMaps(next?.layer.className === "Reshape" ? next.output : sizes.output);
      const role = name === code && part === "encoder" ? "code" : part;
      const { values } = sizes;
      found.push({ name, part: role, index: found.length, spec: sizes.layer, sizes, shape, offset, values });
      offset += values;
    });
  }
  return found;
}

/** How many numbers the network makes for one digit, the input among them. */
export function countValues(layers: readonly MapLayer[]): number {
  const last = layers.at(-1);
  return last ? last.offset + last.values : 0;
}

/** The map layer of that name. @throws Error that lists those there are */
export function mapLayerNamed(layers: readonly MapLayer[], name: string): MapLayer {
  const found = layers.find((layer) => layer.name === name);
  if (!found) throw new Error(`expected one of ${layers.map((layer) => layer.name).join(", ")} but got ${shown(name)}`);
  return found;
}

/** A layer's own numbers among those of all layers for a digit; a view, not a copy. */
export function layerValues(digit: Float32Array, { offset, values }: MapLayer): Float32Array {
  return digit.subarray(offset, offset + values);
}

/** One feature map's values, row-major. */
export function mapValues(values: Float32Array, [height, width, channels]: MapShape, channel: number): Float32Array {
  return Float32Array.from({ length: height * width }, (_, at) => values[at * channels + channel] as number);
}

/** Where a place's value stands among its layer's numbers. */
export function valueIndex([, width, channels]: MapShape, { row, column, channel }: Place): number {
  return (row * width + column) * channels + channel;
}

function renames(className: string): boolean {
  return className === "Flatten" || className === "Reshape";
}

function asMaps(shape: Shape): MapShape {
  const [height, width, channels] = shape;
  return shape.length === 3 ? [height as number, width as number, channels as number] : [1, 1, sizeOf(shape)];
}
