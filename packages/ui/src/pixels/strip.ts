import { countValues, layerValues, type MapLayer, type MapShape } from "@autoencoder/model";
import { type MapScale, paintMaps } from "./map-scale.ts";
import type { Pixels8 } from "./png.ts";

/** "Every number, one pixel": where each layer's numbers stand on one strip 112 pixels high. */
export interface StripBlock {
  readonly layer: MapLayer;
  /** Left edge on the strip. */
  readonly x: number;
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
    const block = { layer, x, ...(layer.part === "code" ? codeTiles(layer.shape) : mapTiles(layer.shape)) };
    blocks.push(block);
    x += block.width + gap;
  }
  return { width: x - gap, height, blocks, values: countValues(layers) };
}

/**
 * The strip's maps as pixels, one a number, each layer on a scale of its own; the code's place is left clear for its bars.
 * @param all the numbers of all layers
 * @param scales one for each layer
 */
export function stripPixels(strip: Strip, activations: Float32Array, scales: readonly MapScale[]): Pixels8 {
  const data = new Uint8ClampedArray(strip.width * height * 4);
  for (const block of strip.blocks) {
    if (block.layer.part === "code") continue;
    paint(block, layerValues(activations, block.layer), scales[block.layer.index] as MapScale, {
      data,
      width: strip.width,
      x: block.x,
    });
  }
  return { width: strip.width, height, channels: 4, data };
}

/** One layer's part of the strip, as high as its maps. @param values the numbers of the layer */
export function blockPixels(block: StripBlock, values: Float32Array, scale: MapScale): Pixels8 {
  const { width } = block;
  const used = block.rows * block.layer.shape[0];
  const data = new Uint8ClampedArray(width * used * 4);
  paint(block, values, scale, { data, width, x: 0 });
  return { width, height: used, channels: 4, data };
}

interface Canvas {
  data: Uint8ClampedArray;
  width: number;
  /** Where the block begins on it. */
  x: number;
}

function paint({ layer, rows }: StripBlock, values: Float32Array, scale: MapScale, { data, width, x }: Canvas): void {
  const [mapHeight, mapWidth, maps] = layer.shape;
  const corners = Array.from(
    { length: maps },
    (_, map) => (map % rows) * mapHeight * width + x + Math.floor(map / rows) * mapWidth,
  );
  paintMaps(data, values, [scale], { corners, mapWidth, width });
}

/** The layers' short names: `in`, `c1`, `p1`, … `64`, `d`, `u1`: the kind and its count. */
export function layerMark(layers: readonly MapLayer[], layer: MapLayer): string {
  const letters = { Conv2D: "c", MaxPooling2D: "p", UpSampling2D: "u", Dense: "d" } as const;
  const { className } = layer.spec;
  if (layer.part === "code") return String(layer.values);
  if (className === "InputLayer") return "in";
  const same = layers.filter(({ spec, part }) => spec.className === className && part !== "code");
  const letter = letters[className as keyof typeof letters] ?? className;
  return same.length === 1 ? letter : `${letter}${same.indexOf(layer) + 1}`;
}

function codeTiles([, , values]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  return { width: values * codeBarWidth, rows: 1, columns: values };
}

function mapTiles([mapHeight, mapWidth, maps]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  const rows = Math.min(maps, Math.max(1, Math.floor(height / mapHeight)));
  const columns = Math.ceil(maps / rows);
  return { width: columns * mapWidth, rows, columns };
}
