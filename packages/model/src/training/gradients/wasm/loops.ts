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
  const total = new Float64Array(columns);
  // Four rows at a time: reading and writing the totals costs more than adding.
  const four = 4 * columns;
  let row = 0;
  for (; row + four <= x.length; row += four) {
    const [second, third, fourth] = [row + columns, row + 2 * columns, row + 3 * columns];
    for (let column = 0; column < columns; column++) {
      const pair = (x[row + column] as number) + (x[second + column] as number);
      const other = (x[third + column] as number) + (x[fourth + column] as number);
      total[column] = (total[column] as number) + (pair + other);
    }
  }
  for (; row < x.length; row += columns) {
    for (let column = 0; column < columns; column++) {
      total[column] = (total[column] as number) + (x[row + column] as number);
    }
  }
  sums.set(total);
}

/** A convolution of maps with one channel, stride 1. */
export interface OneChannel {
  images: number;
  height: number;
  width: number;
  /** Rows and columns of the kernel, and of the padding above and left of the map. */
  kernel: readonly [number, number];
  margin: readonly [number, number];
  /** Rows, columns and channels of the output. */
  output: readonly [number, number, number];
}

/**
 * ∂L/∂kernel of a convolution whose input has one channel, summed in float64. It goes by input pixels and leaves out those
 * that are 0: four in five of MNIST's.
 * @param x [images, height, width]
 * @param dy [images, …output]
 * @param dkernel [kernel rows, kernel columns, output channels]; overwritten
 */
export function filterGradientByPixel(
  x: Float32Array,
  dy: Float32Array,
  dkernel: Float32Array,
  sizes: OneChannel,
): void {
  const { images, height, width, kernel, margin, output } = sizes;
  const [rows, columns, channels] = output;
  const total = new Float64Array(dkernel.length);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < height; y++) {
      for (let left = 0; left < width; left++) {
        const pixel = x[(image * height + y) * width + left] as number;
        if (pixel === 0) continue;
        for (let i = 0; i < kernel[0]; i++) {
          const row = y + margin[0] - i;
          if (row < 0 || row >= rows) continue;
          for (let j = 0; j < kernel[1]; j++) {
            const column = left + margin[1] - j;
            if (column < 0 || column >= columns) continue;
            const from = ((image * rows + row) * columns + column) * channels;
            const to = (i * kernel[1] + j) * channels;
            for (let channel = 0; channel < channels; channel++) {
              total[to + channel] = (total[to + channel] as number) + pixel * (dy[from + channel] as number);
            }
          }
        }
      }
    }
  }
  dkernel.set(total);
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

/** Maps, [images, height, width, channels] flat, of an even height and width. */
export interface Maps {
  images: number;
  height: number;
  width: number;
  channels: number;
}

/**
 * Interleaves phases, [images, height / 2 + 1, width / 2 + 1, 4, channels]: value (row, column) of a map is phase
 * 2 · (row mod 2) + (column mod 2) of the place (⌈row / 2⌉, ⌈column / 2⌉).
 */
export function interleave(phases: Float32Array, maps: Float32Array, sizes: Maps): void {
  eachPixel(sizes, (pixel, phase, channels) => {
    for (let channel = 0; channel < channels; channel++) maps[pixel + channel] = phases[phase + channel] as number;
  });
}

/** The opposite of `interleave`; phases that lie beyond the edges of the maps become 0. */
export function separate(maps: Float32Array, phases: Float32Array, sizes: Maps): void {
  phases.fill(0);
  eachPixel(sizes, (pixel, phase, channels) => {
    for (let channel = 0; channel < channels; channel++) phases[phase + channel] = maps[pixel + channel] as number;
  });
}

function eachPixel(
  { images, height, width, channels }: Maps,
  copy: (pixel: number, phase: number, channels: number) => void,
): void {
  const [rows, columns] = [height / 2 + 1, width / 2 + 1];
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const place = (image * rows + ((row + 1) >> 1)) * columns + ((column + 1) >> 1);
        const pixel = ((image * height + row) * width + column) * channels;
        copy(pixel, (place * 4 + (row & 1) * 2 + (column & 1)) * channels, channels);
      }
    }
  }
}
