/**
 * What a training step needs besides products, as loops over typed arrays. On WASM's heap they take a fraction of the time of
 * tfjs's own kernels; docs/performance.md has how much.
 */

/** The windows of a pooling over a batch of maps, [images, height, width, channels] flat. */
export interface Pooling {
  images: number;
  height: number;
  width: number;
  channels: number;
  /** Rows and columns of a window, of the step between two, and of what the first lies above and left of the map. */
  window: readonly [number, number];
  stride: readonly [number, number];
  margin: readonly [number, number];
  /** Rows and columns of the pooled map. */
  pooled: readonly [number, number];
}

/**
 * ∂L/∂x of a max pooling: each window's gradient goes to its greatest value, of equal ones to the first, row by row.
 * @param x [images, height, width, channels]
 * @param dy [images, pooled rows, pooled columns, channels]
 * @param dx like x; overwritten
 */
export function maxPoolGradient(x: Float32Array, dy: Float32Array, dx: Float32Array, pooling: Pooling): void {
  const { images, height, width, channels, window, stride, margin, pooled } = pooling;
  dx.fill(0);
  let from = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < pooled[0]; row++) {
      const top = Math.max(0, row * stride[0] - margin[0]);
      const bottom = Math.min(height, row * stride[0] - margin[0] + window[0]);
      for (let column = 0; column < pooled[1]; column++) {
        const left = Math.max(0, column * stride[1] - margin[1]);
        const right = Math.min(width, column * stride[1] - margin[1] + window[1]);
        const corner = ((image * height + top) * width + left) * channels;
        const lineLength = width * channels;
        const linesEnd = (bottom - top) * lineLength;
        const columnsEnd = (right - left) * channels;
        for (let first = corner; first < corner + channels; first++) {
          let greatest = first;
          for (let line = first; line < first + linesEnd; line += lineLength) {
            for (let at = line; at < line + columnsEnd; at += channels) {
              if ((x[at] as number) > (x[greatest] as number)) greatest = at;
            }
          }
          dx[greatest] = (dx[greatest] as number) + (dy[from++] as number);
        }
      }
    }
  }
}

/**
 * The sum of each column of a matrix, taken in float64: the gradient of a bias.
 * @param x [rows, columns] flat
 * @param sums [columns]
 */
export function columnSums(x: Float32Array, sums: Float32Array): void {
  const columns = sums.length;
  const exact = new Float64Array(columns);
  for (let row = 0; row < x.length; row += columns) {
    for (let column = 0; column < columns; column++) {
      exact[column] = (exact[column] as number) + (x[row + column] as number);
    }
  }
  sums.set(exact);
}

/**
 * The blocks of a tensor in the opposite order: what reversing its leading axes does.
 * @param x [blocks, …] flat
 * @param reversed like x; overwritten
 */
export function reverseBlocks(x: Float32Array, reversed: Float32Array, blocks: number): void {
  const size = x.length / blocks;
  for (let block = 0; block < blocks; block++) {
    reversed.set(x.subarray(block * size, (block + 1) * size), x.length - (block + 1) * size);
  }
}
