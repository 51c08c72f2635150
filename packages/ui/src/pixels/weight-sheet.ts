import { kernelPicture, type LayerWeights } from "@autoencoder/model";

/** One weight of a layer: it feeds `map` from `channel`, at a place of their kernel. */
export interface WeightPlace {
  readonly map: number;
  readonly channel: number;
  /** Place in the kernel: of a convolution its row and column, of a Dense layer the position that it reads or makes. */
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** All weights of a layer as one picture, a value each. */
export interface WeightSheet {
  readonly width: number;
  readonly height: number;
  /** Row-major; 0 between the tiles. */
  readonly values: Float32Array;
  /** The weight at a place of the picture; undefined between the tiles. */
  at(row: number, column: number): WeightPlace | undefined;
}

/** A tile for each map that the layer makes; in it, side by side, the kernel for each channel that it reads. */
export function weightSheet(weights: LayerWeights): WeightSheet {
  const maps = weights.layer.shape[2];
  const channels = weights.from.shape[2];
  const kernel = kernelPicture(weights, 0, 0);
  const inner = { columns: columnsFor(channels), width: kernel.width, height: kernel.height };
  const tile = {
    width: inner.columns * kernel.width,
    height: Math.ceil(channels / inner.columns) * kernel.height,
  };
  const columns = columnsFor(maps);
  const width = columns * (tile.width + 1) - 1;
  const height = Math.ceil(maps / columns) * (tile.height + 1) - 1;
  const values = new Float32Array(width * height);
  for (let map = 0; map < maps; map++) {
    const top = Math.floor(map / columns) * (tile.height + 1);
    const left = (map % columns) * (tile.width + 1);
    for (let channel = 0; channel < channels; channel++) {
      const picture = map + channel === 0 ? kernel : kernelPicture(weights, map, channel);
      const y = top + Math.floor(channel / inner.columns) * inner.height;
      const x = left + (channel % inner.columns) * inner.width;
      for (let row = 0; row < inner.height; row++) {
        values.set(picture.values.subarray(row * inner.width, (row + 1) * inner.width), (y + row) * width + x);
      }
    }
  }
  const at = (row: number, column: number): WeightPlace | undefined => {
    const [y, x] = [row % (tile.height + 1), column % (tile.width + 1)];
    const map = Math.floor(row / (tile.height + 1)) * columns + Math.floor(column / (tile.width + 1));
    const channel = Math.floor(y / inner.height) * inner.columns + Math.floor(x / inner.width);
    if (y >= tile.height || x >= tile.width || map >= maps || channel >= channels) return undefined;
    const weight = values[row * width + column] as number;
    return { map, channel, row: y % inner.height, column: x % inner.width, weight };
  };
  return { width, height, values, at };
}

/** The least power of two whose square holds so many: 64 make eight by eight, 32 eight by four. */
function columnsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.sqrt(count)));
}
