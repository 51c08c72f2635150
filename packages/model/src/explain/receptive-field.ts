import type { MapLayer, MapShape } from "../network/layer-maps.ts";
import { type WindowAxis, windowOf, windowStart } from "../network/window.ts";

/** A rectangle of positions, as the rows and the columns it covers, in order. */
export interface Cells {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * The positions of `from` (the layer before) that these positions of `layer` are computed from. Distinct positions, not
 * the window's size: three neighbours in an upsampled row are read from two.
 */
export function cellsRead(layer: MapLayer, from: MapLayer, { rows, columns }: Cells): Cells {
  const window = windowOf(layer.spec, from.shape);
  if (!window) return allCells(from.shape); // a Dense layer reads everything
  return { rows: positionsRead(window.rows, rows), columns: positionsRead(window.columns, columns) };
}

/** The positions that one position of a layer is computed from, in that layer and in every layer before it, by index. */
export function traceBack(
  layers: readonly MapLayer[],
  layer: MapLayer,
  place: { row: number; column: number },
): Cells[] {
  const cells: Cells[] = [];
  cells[layer.index] = { rows: [place.row], columns: [place.column] };
  for (let index = layer.index; index > 0; index--) {
    const [at, from] = [layers[index] as MapLayer, layers[index - 1] as MapLayer];
    cells[index - 1] = cellsRead(at, from, cells[index] as Cells);
  }
  return cells;
}

/** Every position of a shape. */
function allCells([height, width]: MapShape): Cells {
  const count = (size: number) => Array.from({ length: size }, (_, index) => index);
  return { rows: count(height), columns: count(width) };
}

/** The positions of an axis that the windows of these output positions cover, each once, padding left out. */
function positionsRead(axis: WindowAxis, outputs: readonly number[]): number[] {
  const found = new Set<number>();
  for (const output of outputs) {
    const start = windowStart(axis, output);
    const end = Math.min(axis.input, start + axis.length);
    for (let position = Math.max(0, start); position < end; position++) found.add(position);
  }
  return [...found].sort((a, b) => a - b);
}
