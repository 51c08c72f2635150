import { isDeepStrictEqual } from "node:util";
import type { Operation, Value } from "./graph.ts";
import { attribute, type Make, madeBy, type Rule } from "./rewrite.ts";

/**
 * An upsampling by s that repeats pixels, followed by a k×k convolution, is one convolution turned round: the input gradient
 * of a convolution of stride s whose kernel has k + s − 1 rows and columns. Every value of the large map reads s × s times
 * fewer different values than the k × k that it multiplies, and the large map with all its channels is never made:
 * (k + s − 1)² / (k s)² of the multiplications, 4/9 for a 3×3 kernel and s = 2.
 *
 * In one dimension, with w the kernel and x the small map: y[q] = Σᵢ w[i] x[⌊(q + i − (k−1)/2) / s⌋]. Sorted by the pixel of x
 * that is read this is y[q] = Σₚ F[q − s p + (k−1)/2] x[p] with F[t] = Σₐ w[k − 1 − t + a], a from 0 to s − 1: the turned kernel,
 * summed over boxes of s. That is how a convolution of stride s with the kernel F passes a gradient back. Both gradients follow:
 * that of x is the convolution itself, that of F its filter gradient, from which w's is read by the same sums.
 */

/** Where y = conv(upsample(x), w). */
const forward: Rule = (operation, make) => {
  const found = convolution(operation);
  const small = found && upsampled(found.input);
  if (!found || !small) return undefined;
  const { factor, value } = small;
  const kernel = boxSums(turned(found.filter, make), factor, make);
  return make.result(
    "Conv2DBackpropInput",
    [make.integers(make.shape), kernel, value],
    make.shape,
    strided(factor, make),
  );
};

/** Where the gradient of x is asked for: a sum over blocks, as an average pooling, of the convolution that passes dy back. */
const inputGradient: Rule = (operation, make) => {
  const factor = blocks(operation);
  const [averaged] = operation.inputs;
  const passed = factor && passedBack(averaged, make);
  if (!factor || !passed) return undefined;
  const sums = boxSums(passed.kernel, factor, make);
  const means = make.result("Mul", [sums, make.scalar(1 / factor ** 2)], sums.shape);
  return make.result("Conv2D", [passed.dy, means], make.shape, strided(factor, make));
};

/** Where the gradient of w is asked for. */
const filterGradient: Rule = (operation, make) => {
  if (operation.name !== "Conv2DBackpropFilter" || !isPlain(operation, make.shape)) return undefined;
  const [input, , dy] = operation.inputs;
  const small = upsampled(input);
  if (!small || !dy) return undefined;
  const { factor, value } = small;
  const [rows, columns, inputs, outputs] = make.shape as Shape;
  const shape = [rows + factor - 1, columns + factor - 1, outputs, inputs];
  const sums = make.result("Conv2DBackpropFilter", [dy, make.integers(shape), value], shape, strided(factor, make));
  const parts = eachOfBlock(factor).map(([row, column]) =>
    make.result(
      "Slice",
      [sums, make.integers([row, column, 0, 0]), make.integers([rows, columns, outputs, inputs])],
      [rows, columns, outputs, inputs],
      [make.type("Index", int32)],
    ),
  );
  return turned(added(parts, make), make);
};

export const upsampledConvolution: readonly Rule[] = [forward, inputGradient, filterGradient];

type Shape = [number, number, number, number];
const int32 = 3; // enum DataType in TensorFlow's types.proto

/** Stride 1, padding "same", no dilation, an odd kernel. @param kernel [rows, columns, …] */
function isPlain(operation: Operation, kernel: readonly number[]): boolean {
  const ones = [1, 1, 1, 1];
  return (
    isDeepStrictEqual(attribute(operation, "strides"), ones) &&
    isDeepStrictEqual(attribute(operation, "dilations") ?? ones, ones) &&
    attribute(operation, "padding") === "SAME" &&
    (attribute(operation, "data_format") ?? "NHWC") === "NHWC" &&
    kernel.slice(0, 2).every((length) => length % 2 === 1)
  );
}

function convolution(operation: Operation): { input: Value; filter: Value } | undefined {
  const [input, filter] = operation.inputs;
  if (operation.name !== "Conv2D" || !input || !filter || !isPlain(operation, filter.shape)) return undefined;
  return { input, filter };
}

/** The map that was upsampled to this one by repeating pixels, and how often each is repeated along both sides. */
function upsampled(value: Value | undefined): { value: Value; factor: number } | undefined {
  const resize = madeBy(value, "ResizeNearestNeighbor");
  const small = resize?.inputs[0];
  if (!resize || !value || !small || attribute(resize, "align_corners") || attribute(resize, "half_pixel_centers")) {
    return undefined;
  }
  const [, tall = 0, wide = 0] = value.shape;
  const [, height = 1, width = 1] = small.shape;
  const factor = tall / height;
  return Number.isInteger(factor) && factor > 1 && wide / width === factor ? { value: small, factor } : undefined;
}

/** The side of the square blocks that an average pooling averages, each pixel once. */
function blocks(operation: Operation): number | undefined {
  if (operation.name !== "AvgPool" || attribute(operation, "data_format") === "NCHW") return undefined;
  const side = operation.inputs[0]?.shape[1] ?? 0;
  const other = operation.inputs[0]?.shape[2] ?? 0;
  const factor = (attribute(operation, "ksize") as readonly number[])[1] as number;
  const block = [1, factor, factor, 1];
  const whole = side % factor === 0 && other % factor === 0;
  const square = ["ksize", "strides"].every((name) => isDeepStrictEqual(attribute(operation, name), block));
  return whole && square && factor > 1 ? factor : undefined;
}

/** A convolution that passes a gradient back, with the kernel that it convolves dy with. */
function passedBack(value: Value | undefined, make: Make): { dy: Value; kernel: Value } | undefined {
  const plain = madeBy(value, "Conv2D");
  const found = plain && convolution(plain);
  if (found) return { dy: found.input, kernel: found.filter };
  const stock = madeBy(value, "Conv2DBackpropInput");
  const [, filter, dy] = stock?.inputs ?? [];
  if (!stock || !filter || !dy || !isPlain(stock, filter.shape)) return undefined;
  return { dy, kernel: turned(filter, make) };
}

function strided(factor: number, make: Make) {
  return [make.int("strides", [1, factor, factor, 1]), make.string("padding", "SAME")];
}

/** A kernel turned by 180°, its channels swapped: [rows, columns, in, out] → [rows, columns, out, in]. */
function turned(kernel: Value, make: Make): Value {
  const [rows, columns, inputs, outputs] = kernel.shape as Shape;
  const reversed = make.result("ReverseV2", [kernel, make.integers([0, 1])], kernel.shape, [make.type("Tidx", int32)]);
  const swapped = [rows, columns, outputs, inputs];
  return make.result("Transpose", [reversed, make.integers([0, 1, 3, 2])], swapped, [make.type("Tperm", int32)]);
}

/** A kernel of `factor` − 1 more rows and columns: each value the sum over a box of `factor` × `factor`, zeros around. */
function boxSums(kernel: Value, factor: number, make: Make): Value {
  const [rows, columns, ...channels] = kernel.shape as Shape;
  const shape = [rows + factor - 1, columns + factor - 1, ...channels];
  const last = factor - 1;
  const parts = eachOfBlock(factor).map(([row, column]) => {
    const around = make.table([
      [row, last - row],
      [column, last - column],
      [0, 0],
      [0, 0],
    ]);
    return make.result("Pad", [kernel, around], shape, [make.type("Tpaddings", int32)]);
  });
  return added(parts, make);
}

function added(parts: readonly Value[], make: Make): Value {
  return make.result("AddN", parts, (parts[0] as Value).shape, [make.int("N", parts.length)]);
}

function eachOfBlock(factor: number): [row: number, column: number][] {
  return Array.from({ length: factor ** 2 }, (_, at) => [Math.floor(at / factor), at % factor]);
}
