import type { MapLayer, MapShape } from "../network/layer-maps.ts";

/** A rectangle of positions, as the rows and the columns it covers, in order. */
export interface Cells {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * The positions of `from` (the stage before) that these positions of `stage` are computed from. Distinct positions, not
 * the window's size: three neighbours in an upsampled row are read from two.
 */
export function cellsRead(stage: MapLayer, from: MapLayer, { rows, columns }: Cells): Cells {
  const { layer } = stage.facts;
  const [height, width] = from.shape;
  switch (layer.className) {
    case "Conv2D": {
      const [kernelHeight, kernelWidth] = layer.kernelSize;
      const pad = (kernel: number) => (layer.padding === "same" ? Math.floor((kernel - 1) / 2) : 0);
      return {
        rows: reach(rows, (row) => [row - pad(kernelHeight), kernelHeight], height),
        columns: reach(columns, (column) => [column - pad(kernelWidth), kernelWidth], width),
      };
    }
    case "MaxPooling2D": {
      const [top, left] = poolingPad(stage, from);
      const [poolHeight, poolWidth] = layer.poolSize;
      return {
        rows: reach(rows, (row) => [row * poolHeight - top, poolHeight], height),
        columns: reach(columns, (column) => [column * poolWidth - left, poolWidth], width),
      };
    }
    case "UpSampling2D":
      return {
        rows: reach(rows, (row) => [Math.floor(row / layer.size[0]), 1], height),
        columns: reach(columns, (column) => [Math.floor(column / layer.size[1]), 1], width),
      };
    default:
      return allCells(from.shape); // a Dense layer reads everything
  }
}

/** The positions that one position of a stage is computed from, in that stage and in every stage before it, by index. */
export function traceBack(
  stages: readonly MapLayer[],
  stage: MapLayer,
  place: { row: number; column: number },
): Cells[] {
  const cells: Cells[] = [];
  cells[stage.index] = { rows: [place.row], columns: [place.column] };
  for (let index = stage.index; index > 0; index--) {
    const [at, from] = [stages[index] as MapLayer, stages[index - 1] as MapLayer];
    cells[index - 1] = cellsRead(at, from, cells[index] as Cells);
  }
  return cells;
}

/** Every position of a shape. */
export function allCells([height, width]: MapShape): Cells {
  return { rows: count(height), columns: count(width) };
}

/** Rows and columns of padding above and left of a pooled map, as TensorFlow pads it. */
export function poolingPad(stage: MapLayer, from: MapLayer): readonly [top: number, left: number] {
  const { layer } = stage.facts;
  if (layer.className !== "MaxPooling2D" || layer.padding === "valid") return [0, 0];
  const before = (size: number, out: number, pool: number) => Math.floor(Math.max(0, out * pool - size) / 2);
  return [
    before(from.shape[0], stage.shape[0], layer.poolSize[0]),
    before(from.shape[1], stage.shape[1], layer.poolSize[1]),
  ];
}

/** The positions in 0 … size − 1 that windows `[start, length]` cover, each once. */
function reach(from: readonly number[], window: (at: number) => [start: number, length: number], size: number) {
  const found = new Set<number>();
  for (const at of from) {
    const [start, length] = window(at);
    for (let position = Math.max(0, start); position < Math.min(size, start + length); position++) found.add(position);
  }
  return [...found].sort((a, b) => a - b);
}

function count(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}
