import type { MapShape } from "@autoencoder/model";
import { type MapScale, paintMaps } from "./map-scale.ts";
import type { Pixels8 } from "./png.ts";

/** All feature maps of a layer side by side, one pixel a value, one clear pixel between maps. */
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
  const [height, mapWidth, maps] = sheet.shape;
  const { columns, width } = sheet;
  const data = new Uint8ClampedArray(width * sheet.height * 4);
  const corners = Array.from(
    { length: maps },
    (_, map) => Math.floor(map / columns) * (height + 1) * width + (map % columns) * (mapWidth + 1),
  );
  paintMaps(data, values, scales, { corners, mapWidth, width });
  return { width: sheet.width, height: sheet.height, channels: 4, data };
}
