import type { MapShape } from "@autoencoder/model";
import { type MapScale, scaled } from "./map-scale.ts";
import { setGrey } from "./pixels.ts";
import type { Pixels8 } from "./png.ts";

/** All feature maps of a stage side by side, one pixel a value, one clear pixel between maps. */
export interface ContactSheet {
  readonly shape: MapShape;
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

/** @param columns maps in a row; large ones stand six a row, small ones eight: 64 of them make an exact square */
export function sheetOf(shape: MapShape, columns = Math.min(shape[2], shape[1] > 14 ? 6 : 8)): ContactSheet {
  const [height, width, maps] = shape;
  const rows = Math.ceil(maps / columns);
  return { shape, columns, rows, width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 };
}

/** Where a map stands on the sheet, in parts of its sides. */
export function placeOnSheet(sheet: ContactSheet, map: number) {
  const [height, width] = sheet.shape;
  return {
    left: ((map % sheet.columns) * (width + 1)) / sheet.width,
    top: (Math.floor(map / sheet.columns) * (height + 1)) / sheet.height,
    width: width / sheet.width,
    height: height / sheet.height,
  };
}

/** The sheet as pixels. @param scales one for all maps, or one for each */
export function sheetPixels(sheet: ContactSheet, values: Float32Array, scales: readonly MapScale[]): Pixels8 {
  const [height, width, maps] = sheet.shape;
  const data = new Uint8ClampedArray(sheet.width * sheet.height * 4);
  for (let at = 0; at < values.length; at++) {
    const map = at % maps;
    const position = (at - map) / maps;
    const x = (map % sheet.columns) * (width + 1) + (position % width);
    const y = Math.floor(map / sheet.columns) * (height + 1) + Math.floor(position / width);
    setGrey(data, y * sheet.width + x, scaled(values[at] as number, scales[map % scales.length] as MapScale));
  }
  return { width: sheet.width, height: sheet.height, channels: 4, data };
}
