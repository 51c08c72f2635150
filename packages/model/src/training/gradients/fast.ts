// tfjs-layers registers the stock gradients, which tfjs-core alone does not.
import "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";
import { convolutionInputGradient, isPlainConvolution } from "./convolution.ts";

/**
 * Replaces tfjs's gradients of four operations by equal ones that cost less, on every backend.
 * - Conv2D: the input gradient as a plain convolution.
 * - ResizeNearestNeighbor by whole factors (UpSampling2D): every value was copied to a block, so its gradient is the sum
 *   over that block: an average pooling times the block's size.
 * - BatchMatMul of plain matrices: transposes first, because kernels that read transposed operands are slow on WASM.
 * - Relu: where `reluGrad` is given, the backend's own kernel instead of step(x)·dy.
 * Other uses of these operations keep tfjs's gradients. Process-wide; a second call does nothing.
 */
export function registerFastGradients(options: { reluGrad?: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor } = {}): void {
  if (registered) return;
  registered = true;
  replace("Conv2D", convolution);
  replace("ResizeNearestNeighbor", upSampling);
  replace("BatchMatMul", matMul);
  const { reluGrad } = options;
  if (reluGrad) {
    tf.unregisterGradient("Relu");
    tf.registerGradient({
      kernelName: "Relu",
      outputsToSave: [true],
      gradFunc: (dy, saved) => ({ x: () => reluGrad(dy as tf.Tensor, saved[0] as tf.Tensor) }),
    });
  }
}

let registered = false;

type GradFunc = tf.GradFunc;
/** Gradients that differ from tfjs's, or undefined where tfjs's own should be used. */
type Faster = (dy: tf.Tensor4D, saved: tf.Tensor[], attrs: tf.NamedAttrMap) => ReturnType<GradFunc> | undefined;

function replace(kernelName: string, faster: Faster): void {
  const stock = tf.getGradient(kernelName);
  if (!stock) throw new Error(`gradient of ${kernelName}: expected tfjs to have one; import tfjs-core whole`);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => ({
      ...stock.gradFunc(dy, saved, attrs),
      ...faster(dy as tf.Tensor4D, saved, attrs),
    }),
  });
}

const convolution: Faster = (dy, [, filter], attrs) => {
  const kernel = filter as tf.Tensor4D;
  const convolution = attrs as unknown as tf.Conv2DAttrs;
  if (!isPlainConvolution(convolution, [kernel.shape[0], kernel.shape[1]])) return undefined;
  return { x: () => convolutionInputGradient(dy, kernel, convolution.pad as "same" | "valid") };
};

const upSampling: Faster = (dy, [images]) => {
  const [, height, width] = (images as tf.Tensor4D).shape;
  const [, tall, wide] = dy.shape;
  const rows = tall / height;
  const columns = wide / width;
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) return undefined;
  return { images: () => tf.mul(tf.avgPool(dy, [rows, columns], [rows, columns], "valid"), rows * columns) };
};

const matMul: Faster = (dy, [a, b], attrs) => {
  const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
  if (transposeA || transposeB) return undefined;
  const turn = (tensor: tf.Tensor) => {
    const last = tensor.rank - 1;
    const axes = [...Array(tensor.rank).keys()];
    return tf.transpose(tensor, [...axes.slice(0, -2), last, last - 1]);
  };
  return { a: () => tf.matMul(dy, turn(b as tf.Tensor)), b: () => tf.matMul(turn(a as tf.Tensor), dy) };
};
