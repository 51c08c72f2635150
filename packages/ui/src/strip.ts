import { countValues, type MapShape, type Stage, stageValues } from "@autoencoder/model";
import { type MapScale, scaled } from "./map-scale.ts";
import type { Pixels8 } from "./png.ts";

/** "Every number, one pixel": where each stage's numbers stand on one strip 112 pixels high. */
export interface StripBlock {
  readonly stage: Stage;
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
export function stripOf(stages: readonly Stage[]): Strip {
  const blocks: StripBlock[] = [];
  let x = 0;
  for (const stage of stages) {
    const block = { stage, x, ...(stage.part === "code" ? codeTiles(stage.shape) : mapTiles(stage.shape)) };
    blocks.push(block);
    x += block.width + gap;
  }
  return { width: x - gap, height, blocks, values: countValues(stages) };
}

/**
 * The strip's maps as pixels, one a number, each stage on a scale of its own; the code's place is left clear for its bars.
 * @param all the numbers of all stages
 * @param scales one for each stage
 */
export function stripPixels(strip: Strip, all: Float32Array, scales: readonly MapScale[]): Pixels8 {
  const data = new Uint8ClampedArray(strip.width * height * 4);
  for (const { stage, x, rows } of strip.blocks) {
    if (stage.part === "code") continue;
    const values = stageValues(all, stage);
    const [mapHeight, mapWidth, maps] = stage.shape;
    for (let at = 0; at < values.length; at++) {
      const map = at % maps;
      const position = (at - map) / maps;
      const [column, row] = [Math.floor(map / rows) * mapWidth, (map % rows) * mapHeight];
      const target = (row + Math.floor(position / mapWidth)) * strip.width + x + column + (position % mapWidth);
      const grey = scaled(values[at] as number, scales[stage.index] as MapScale);
      data[target * 4] = grey;
      data[target * 4 + 1] = grey;
      data[target * 4 + 2] = grey;
      data[target * 4 + 3] = 255;
    }
  }
  return { width: strip.width, height, channels: 4, data };
}

function codeTiles([, , values]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  return { width: values * codeBarWidth, rows: 1, columns: values };
}

function mapTiles([mapHeight, mapWidth, maps]: MapShape): Pick<StripBlock, "width" | "rows" | "columns"> {
  const rows = Math.min(maps, Math.max(1, Math.floor(height / mapHeight)));
  const columns = Math.ceil(maps / rows);
  return { width: columns * mapWidth, rows, columns };
}
