import {
  type AutoencoderSpec,
  type LayerSpec,
  layerShapes,
  type ModelSpec,
  type Shape,
  sizeOf,
} from "@autoencoder/model";

/** "Every number, one pixel": where each layer's numbers stand on one strip 112 pixels high. */
export interface StripBlock {
  /** Name of the layer whose output it is. */
  readonly layer: string;
  readonly part: "encoder" | "code" | "decoder";
  /** Left edge on the strip. */
  readonly x: number;
  readonly width: number;
  /** How many numbers it shows. */
  readonly values: number;
  /** Side of one map, and how the maps are tiled; the code has a single row of bars, `rows` 1. */
  readonly map: readonly [height: number, width: number];
  readonly rows: number;
  readonly columns: number;
}

export interface Strip {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly StripBlock[];
  /** All numbers that the network makes for one digit, the input among them. */
  readonly values: number;
}

const height = 112;
const gap = 12;
/** The code is drawn magnified: a bar this wide for every value. */
const codeBarWidth = 2;

/** The strip of a network; layers that only rearrange numbers (Flatten, Reshape) have no block of their own. */
export function stripOf(spec: AutoencoderSpec): Strip {
  const code = spec.encoder.layers.at(-1)?.name;
  const stages = [...stagesOf(spec.encoder, "encoder"), ...stagesOf(spec.decoder, "decoder")];
  const blocks: StripBlock[] = [];
  let x = 0;
  for (const { layer, part, shape } of stages) {
    const block = layer.name === code ? codeBlock(layer.name, sizeOf(shape)) : mapsBlock(layer.name, part, shape);
    blocks.push({ ...block, x });
    x += block.width + gap;
  }
  return { width: x - gap, height, blocks, values: blocks.reduce((sum, block) => sum + block.values, 0) };
}

interface Stage {
  layer: LayerSpec;
  part: "encoder" | "decoder";
  shape: Shape;
}

function stagesOf(model: ModelSpec, part: Stage["part"]): Stage[] {
  const shapes = layerShapes(model);
  const stages: Stage[] = [];
  model.layers.forEach((layer, index) => {
    // The decoder's input is the code, which stands as the encoder's last stage already.
    if (layer.className === "InputLayer" && part === "decoder") return;
    if (layer.className === "Flatten") return;
    const shape = shapes[index] as Shape;
    const next = model.layers[index + 1];
    if (next?.className === "Reshape") stages.push({ layer, part, shape: shapes[index + 1] as Shape });
    else if (layer.className !== "Reshape") stages.push({ layer, part, shape });
  });
  return stages;
}

function codeBlock(layer: string, values: number): Omit<StripBlock, "x"> {
  return { layer, part: "code", width: values * codeBarWidth, values, map: [1, 1], rows: 1, columns: values };
}

function mapsBlock(layer: string, part: Stage["part"], shape: Shape): Omit<StripBlock, "x"> {
  const [rowsOfMap = 1, columnsOfMap = 1, maps = 1] = shape;
  const rows = Math.min(maps, Math.max(1, Math.floor(height / rowsOfMap)));
  const columns = Math.ceil(maps / rows);
  const width = columns * columnsOfMap;
  return { layer, part, width, values: sizeOf(shape), map: [rowsOfMap, columnsOfMap], rows, columns };
}
