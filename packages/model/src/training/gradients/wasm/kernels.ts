import * as tf from "@tensorflow/tfjs-core";
import { windowPadding } from "../../../network/window.ts";
import { phaseKernels } from "../sub-pixel.ts";
import {
  columnSums,
  filterGradientByPixel,
  interleave,
  maxPoolGradient,
  type OneChannel,
  type Pooling,
  reverseBlocks,
  separate,
} from "./loops.ts";

/** As much of tfjs's WASM backend as a kernel needs: memory on its heap. */
interface Heap {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): tf.TypedArray;
}

/** A kernel that costs less than tfjs's, or undefined where it does not fit and tfjs's should be used. */
type Faster = (
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
  heap: Heap,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Replaces kernels of the WASM backend by ones that give the same, or a better rounded sum, in less time.
 * `MaxPoolGrad` also by one that is right: tfjs 4.22's loses the gradient of every window without a positive value.
 */
export function registerFasterKernels(): void {
  replace("MaxPoolGrad", poolGradient);
  replace("Sum", sumOverRows);
  replace("BatchMatMul", matMul);
  replace("Reverse", reverse);
  replace("SplitV", split);
}

/** ∂L/∂kernel of a convolution, stride 1, or undefined where its input has more than one channel. */
export function oneChannelFilterGradient(
  { x, dy }: { x: tf.Tensor4D; dy: tf.Tensor4D },
  { kernelSize, padding }: { kernelSize: readonly [number, number]; padding: "same" | "valid" },
  backend: unknown,
): tf.TensorInfo | undefined {
  const [images, height, width, inputs] = x.shape;
  if (inputs !== 1) return undefined;
  const [, rows, columns, channels] = dy.shape;
  const margin = ([height, width] as const).map((length, axis) => {
    return windowPadding(length, { length: kernelSize[axis] as number, stride: 1, padding })[0];
  }) as [number, number];
  const sizes: OneChannel = { images, height, width, kernel: kernelSize, margin, output: [rows, columns, channels] };
  const shape = [...kernelSize, 1, channels];
  return filled(backend as Heap, { from: [x, dy], shape }, (dkernel, pixels, gradient) =>
    filterGradientByPixel(pixels, gradient, dkernel, sizes),
  );
}

/** Registers the two kernels of `gradients/sub-pixel.ts`. */
export function registerPhaseKernels(): void {
  register(phaseKernels.interleave, interleave, ([images, rows, columns, four]) => {
    return [images, 2 * (rows - 1), 2 * (columns - 1), four / 4];
  });
  register(phaseKernels.separate, separate, ([images, height, width, channels]) => {
    return [images, height / 2 + 1, width / 2 + 1, channels * 4];
  });
}

type Shape4D = [number, number, number, number];

function register(kernelName: string, loop: typeof interleave, shapeOf: (shape: Shape4D) => Shape4D): void {
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const shape = shapeOf(x.shape as Shape4D);
      const [images, height, width, channels] = kernelName === phaseKernels.interleave ? shape : (x.shape as Shape4D);
      return filled(backend as Heap, { from: [x], shape }, (out, values) =>
        loop(values, out, { images, height, width, channels }),
      );
    },
  });
}

function replace(kernelName: string, faster: Faster): void {
  const stock = tf.getKernel(kernelName, "wasm");
  if (!stock)
    throw new Error(`kernel ${kernelName}: expected tfjs's WASM backend to have one; start the backend first`);
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { inputs, attrs, backend } = call;
      const tensors = inputs as Record<string, tf.TensorInfo>;
      return faster(tensors, (attrs ?? {}) as Record<string, unknown>, backend as Heap) ?? stock.kernelFunc(call);
    },
  });
}

/** A new tensor that `fill` writes. Asking for memory may move the heap, so its views are taken after that. */
function filled(
  heap: Heap,
  { from, shape }: { from: tf.TensorInfo[]; shape: number[] },
  fill: (output: Float32Array, ...inputs: Float32Array[]) => void,
): tf.TensorInfo {
  const output = heap.makeOutput(shape, "float32");
  const view = (tensor: tf.TensorInfo) => heap.typedArrayFromHeap(tensor) as Float32Array;
  fill(view(output), ...from.map(view));
  return output;
}

const isFloat = (tensor: tf.TensorInfo | undefined): tensor is tf.TensorInfo => tensor?.dtype === "float32";

const poolGradient: Faster = ({ dy, input }, attrs, heap) => {
  if (!isFloat(dy) || !isFloat(input)) return undefined;
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
  const [images, height, width, channels] = input.shape as [number, number, number, number];
  const shape: [number, number, number, number] = [images, height, width, channels];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const pooling: Pooling = {
    images,
    height,
    width,
    channels,
    window: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    margin: [info.padInfo.top, info.padInfo.left],
    pooled: [info.outHeight, info.outWidth],
  };
  return filled(heap, { from: [input, dy], shape }, (dx, x, gradient) => maxPoolGradient(x, gradient, dx, pooling));
};

/** Sums over all axes but the last. */
const sumOverRows: Faster = ({ x }, attrs, heap) => {
  if (!isFloat(x) || x.shape.length < 2) return undefined;
  const { axis, keepDims } = attrs as unknown as tf.SumAttrs;
  const last = x.shape.length - 1;
  const columns = x.shape[last] as number;
  const axes = tf.util.parseAxisParam(axis, x.shape);
  if (columns === 0 || !isEvery(axes, last)) return undefined;
  const shape = keepDims ? [...Array(last).fill(1), columns] : [columns];
  return filled(heap, { from: [x], shape }, (sums, values) => columnSums(values, sums));
};

/** Reversals of the leading axes. */
const reverse: Faster = ({ x }, attrs, heap) => {
  if (!isFloat(x)) return undefined;
  const axes = tf.util.parseAxisParam((attrs as unknown as tf.ReverseAttrs).dims, x.shape);
  if (axes.length === 0 || !isEvery(axes, axes.length)) return undefined;
  const blocks = tf.util.sizeFromShape(x.shape.slice(0, axes.length));
  return filled(heap, { from: [x], shape: x.shape }, (out, values) => reverseBlocks(values, out, blocks));
};

/** A vector cut into parts, where tfjs copies the whole of it for every part. */
const split: Faster = ({ x }, attrs, heap) => {
  if (!isFloat(x) || x.shape.length !== 1) return undefined;
  const { numOrSizeSplits } = attrs as unknown as tf.SplitVAttrs;
  const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits);
  let start = 0;
  return sizes.map((size) => {
    const part = filled(heap, { from: [x], shape: [size] }, (out, values) =>
      out.set(values.subarray(start, start + size)),
    );
    start += size;
    return part;
  });
};

/** Products with a transposed operand: tfjs's loop for those is slow, a transpose and its plain product are not. */
const matMul: Faster = ({ a, b }, attrs) => {
  const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
  if (!isFloat(a) || !isFloat(b) || (!transposeA && !transposeB)) return undefined;
  return tf.tidy(() => {
    const turned = (tensor: tf.TensorInfo, transpose: boolean) => {
      if (!transpose) return tensor as tf.Tensor;
      const axes = [...tensor.shape.keys()];
      const [row, column] = axes.splice(-2) as [number, number];
      return tf.transpose(tensor as tf.Tensor, [...axes, column, row]);
    };
    return tf.matMul(turned(a, transposeA), turned(b, transposeB));
  });
};

/** Whether `axes` are 0 to `count` − 1, in whatever order. */
function isEvery(axes: readonly number[], count: number): boolean {
  return axes.length === count && axes.every((axis) => axis < count);
}
