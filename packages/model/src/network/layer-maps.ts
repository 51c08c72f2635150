import { type LayerFacts, layerFacts } from "./parameters.ts";
import { type Shape, sizeOf } from "./shapes.ts";
import type { AutoencoderSpec } from "./spec.ts";

/**
 * The network as a row of stages: every layer that makes numbers of its own, its output seen as feature maps. Flatten and
 * Reshape only rename numbers: a Dense layer before a Reshape has the Reshape's shape here, and the decoder's input is
 * the encoder's last stage, the code.
 */
export interface MapLayer {
  /** Name of the layer that computes it. */
  readonly name: string;
  readonly part: "encoder" | "code" | "decoder";
  /** Its place in the row, from 0. */
  readonly index: number;
  readonly facts: LayerFacts;
  /** Output as `[height, width, channels]`; a vector of n numbers is 1 × 1 × n. */
  readonly shape: MapShape;
  /** Where its numbers stand among all numbers of a digit, stage after stage. */
  readonly offset: number;
  readonly values: number;
}

/** `[height, width, channels]` */
export type MapShape = readonly [height: number, width: number, channels: number];

/** One value of a stage. Counted from 0; a vector's values have row 0 and column 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** All stages of a network, the input first. The row's numbers together are all that the network makes for one digit. */
export function mapLayersOf(spec: AutoencoderSpec): MapLayer[] {
  const code = spec.encoder.layers.findLast(({ className }) => !renames(className))?.name;
  const stages: MapLayer[] = [];
  let offset = 0;
  for (const [part, model] of Object.entries(spec) as ["encoder" | "decoder", AutoencoderSpec["encoder"]][]) {
    const facts = layerFacts(model);
    facts.forEach((fact, at) => {
      const { className, name } = fact.layer;
      if (renames(className) || (className === "InputLayer" && part === "decoder")) return;
      const next = facts[at + 1];
      const shape = asMaps(next?.layer.className === "Reshape" ? next.output : fact.output);
      const role = name === code && part === "encoder" ? "code" : part;
      stages.push({ name, part: role, index: stages.length, facts: fact, shape, offset, values: fact.values });
      offset += fact.values;
    });
  }
  return stages;
}

/** How many numbers the network makes for one digit, the input among them. */
export function countValues(stages: readonly MapLayer[]): number {
  const last = stages.at(-1);
  return last ? last.offset + last.values : 0;
}

/** The stage of that name. @throws Error that lists the stages there are */
export function mapLayerNamed(stages: readonly MapLayer[], name: string): MapLayer {
  const found = stages.find((stage) => stage.name === name);
  if (!found) throw new Error(`expected one of ${stages.map((stage) => stage.name).join(", ")} but got "${name}"`);
  return found;
}

/** A stage's own numbers among all numbers of a digit; a view, not a copy. */
export function layerValues(all: Float32Array, { offset, values }: MapLayer): Float32Array {
  return all.subarray(offset, offset + values);
}

/** One feature map's values, row-major. */
export function mapValues(values: Float32Array, [height, width, channels]: MapShape, channel: number): Float32Array {
  return Float32Array.from({ length: height * width }, (_, at) => values[at * channels + channel] as number);
}

/** Where a place's value stands in its stage's numbers. */
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
