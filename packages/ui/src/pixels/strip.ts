import { countValues, layerValues, type MapLayer, type MapShape } from "@autoencoder/model";
import { type MapScale, paintMaps } from "./map-scale.ts";
import type { Pixels8 } from "./png.ts";

/** "Every number, one pixel": where each layer's numbers stand on one strip 112 pixels high. */
export interface StripBlock {
  readonly layer: MapLayer;
  /** Left and upper edge on the strip. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** How its maps are tiled; the code is one row of bars. */
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

/** The strip of a network: every block as wide as its count of numbers, the code excepted. */
export function stripOf(layers: readonly MapLayer[]): Strip {
  const blocks: StripBlock[] = [];
  let x = 0;
  for (const layer of layers) {
    const block = { layer, x, y: 0, ...(layer.part === "code" ? codeTiles(layer.shape) : mapTiles(layer.shape)) };
    blocks.push(block);
    x += block.width + gap;
  }
  return { width: x - gap, height, blocks, values: countValues(layers) };
}

/** An upright strip is as wide as the widest layer of the assignment's network is on the other: eight maps of 28. */
const uprightWidth = 224;

/** The strip of a network for a phone: one layer under the other, so that a layer is as tall as it has numbers. */
export function uprightOf(layers: readonly MapLayer[]): Strip {
  const blocks: StripBlock[] = [];
  let y = 0;
  for (const layer of layers) {
    const [mapHeight, mapWidth, maps] = layer.shape;
    const columns = Math.min(maps, Math.max(1, Math.floor(uprightWidth / mapWidth)));
    const rows = Math.ceil(maps / columns);
    const tiles = layer.part === "code" ? codeTiles(layer.shape) : { width: columns * mapWidth, rows, columns };
    blocks.push({ layer, x: 0, y, ...tiles });
    y += tiles.rows * mapHeight;
  }
  return { width: Math.max(...blocks.map(({ width }) => width)), height: y, blocks, values: countValues(layers) };
}

/**
 * The strip's maps as pixels, one a number, each layer on a scale of its own; the code's place is left clear for its bars.
 * @param all the numbers of all layers
 * @param scales one for each layer
 */
export function stripPixels(strip: Strip, activations: Float32Array, scales: readonly MapScale[]): Pixels8 {
  const data = new Uint8ClampedArray(strip.width * strip.height * 4);
  for (const block of strip.blocks) {
    if (block.layer.part === "code") continue;
    paint(block, layerValues(activations, block.layer), scales[block.layer.index] as MapScale, {
      data,
      width: strip.width,
      x: block.x,
      y: block.y,
    });
  }
  return { width: strip.width, height: strip.height, channels: 4, data };
}

/** One layer's part of the strip, as high as its maps. @param values the numbers of the layer */
export function blockPixels(block: StripBlock, values: Float32Array, scale: MapScale): Pixels8 {
  const { width } = block;
  const used = block.rows * block.layer.shape[0];
  const data = new Uint8ClampedArray(width * used * 4);
  paint(block, values, scale, { data, width, x: 0, y: 0 });
  return { width, height: used, channels: 4, data };
}

interface Canvas {
  data: Uint8ClampedArray;
  width: number;
  /** Where the block begins on it. */
  x: number;
  y: number;
}

function paint(
  { layer, rows }: StripBlock,
  values: Float32Array,
  scale: MapScale,
  { data, width, x, y }: Canvas,
): void {
  const [mapHeight, mapWidth, maps] = layer.shape;
  const corners = Array.from(
    { length: maps },
    (_, map) => (y + (map % rows) * mapHeight) * width + x + Math.floor(map / rows) * mapWidth,
  );
  paintMaps(data, values, [scale], { corners, mapWidth, width });
}

/** What a reader calls a layer: `Input`, `Conv 1`, `Pool 1`, … `Code`, `Dense`, `Up 1`, `Output`: the kind and its count. */
export function stageName(layers: readonly MapLayer[], layer: MapLayer): string {
  const kinds = { Conv2D: "Conv", MaxPooling2D: "Pool", UpSampling2D: "Up", Dense: "Dense" } as const;
  const { className } = layer.spec;
  if (layer.part === "code") return "Code";
  if (className === "InputLayer") return "Input";
  if (layer.index === layers.length - 1) return "Output";
  const kind = kinds[className as keyof typeof kinds] ?? className;
  const same = layers.slice(0, -1).filter(({ spec, part }) => spec.className === className && part !== "code");
  return same.length === 1 ? kind : `${kind} ${same.indexOf(layer) + 1}`;
}

function codeTiles([, , values]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  return { width: values * codeBarWidth, rows: 1, columns: values };
}

function mapTiles([mapHeight, mapWidth, maps]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  const rows = Math.min(maps, Math.max(1, Math.floor(height / mapHeight)));
  const columns = Math.ceil(maps / rows);
  return { width: columns * mapWidth, rows, columns };
}
