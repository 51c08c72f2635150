import type { LayerSpec } from "./spec.ts";

/** The arithmetic of windows that slide over an input, and of the padding that they need: convolution, pooling, upsampling. */

/** One axis of a layer's windows. */
export interface WindowAxis {
  /** Positions of the input along this axis. */
  readonly input: number;
  /** Positions that one window covers. */
  readonly length: number;
  /** Input positions from one window to the next. */
  readonly stride: number;
  /** Windows in a row that begin at the same position: upsampling reads each of its inputs so often. */
  readonly repeat: number;
  /** Positions of padding before the input's first, and after its last. */
  readonly padding: readonly [before: number, after: number];
}

export interface Window {
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
}

/** How a window is set: Keras's kernel or pool size, stride and padding along one axis. */
interface WindowSettings {
  length: number;
  stride: number;
  padding: "same" | "valid";
}

/** How many windows fit along an axis: with "same" padding one for each stride, else those wholly inside. */
export function countWindows(input: number, { length, stride, padding }: WindowSettings): number {
  return padding === "same" ? Math.ceil(input / stride) : Math.floor((input - length) / stride) + 1;
}

/** What windows reach beyond an input, as TensorFlow pads it: the smaller half comes first. */
export function windowPadding(input: number, settings: WindowSettings): readonly [before: number, after: number] {
  const { length, stride, padding } = settings;
  if (padding === "valid") return [0, 0];
  const beyond = Math.max(0, (countWindows(input, settings) - 1) * stride + length - input);
  return [Math.floor(beyond / 2), Math.ceil(beyond / 2)];
}

/** The windows by which a layer reads an input of this height and width; undefined for layers without windows. */
export function windowOf(
  layer: LayerSpec,
  [height, width]: readonly [number, number, ...number[]],
): Window | undefined {
  const slides = (input: number, settings: WindowSettings): WindowAxis => {
    const { length, stride } = settings;
    return { input, length, stride, repeat: 1, padding: windowPadding(input, settings) };
  };
  const repeats = (input: number, repeat: number): WindowAxis => {
    return { input, length: 1, stride: 1, repeat, padding: [0, 0] };
  };
  switch (layer.className) {
    case "Conv2D": {
      const settings = (length: number) => ({ length, stride: 1, padding: layer.padding });
      const [kernelHeight, kernelWidth] = layer.kernelSize;
      return { rows: slides(height, settings(kernelHeight)), columns: slides(width, settings(kernelWidth)) };
    }
    case "MaxPooling2D": {
      const settings = (length: number) => ({ length, stride: length, padding: layer.padding });
      const [poolHeight, poolWidth] = layer.poolSize;
      return { rows: slides(height, settings(poolHeight)), columns: slides(width, settings(poolWidth)) };
    }
    case "UpSampling2D":
      return { rows: repeats(height, layer.size[0]), columns: repeats(width, layer.size[1]) };
    default:
      return undefined;
  }
}

/** The first input position that the window of an output position covers; below 0 where it begins in the padding. */
export function windowStart({ stride, repeat, padding }: WindowAxis, output: number): number {
  return Math.floor((output * stride) / repeat) - padding[0];
}

/**
 * Visits every position of the input that the window of one output position covers, row by row; padding is left out.
 * @param visit takes the number of the tap in the window and the number of the input's position, both row-major
 */
export function forEachTap(
  { rows, columns }: Window,
  output: { row: number; column: number },
  visit: (tap: number, position: number) => void,
): void {
  const top = windowStart(rows, output.row);
  const left = windowStart(columns, output.column);
  for (let y = Math.max(0, -top); y < rows.length && top + y < rows.input; y++) {
    for (let x = Math.max(0, -left); x < columns.length && left + x < columns.input; x++) {
      visit(y * columns.length + x, (top + y) * columns.input + left + x);
    }
  }
}
