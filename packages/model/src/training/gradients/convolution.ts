import * as tf from "@tensorflow/tfjs-core";
import { windowPadding } from "../../network/window.ts";

/**
 * Both gradients of a 2-D convolution of stride 1, written as convolutions.
 * The WASM backend lacks `Conv2DBackpropFilter` altogether, and its `Conv2DBackpropInput` is several times slower than the
 * convolution it equals; TensorFlow's own CPU kernel for the input gradient is beaten by it too.
 */

type Padding = "same" | "valid";

/**
 * ∂L/∂x of y = conv2d(x, kernel): dy convolved with the kernel turned by 180° and its channels swapped.
 * @param dy [batch, height, width, out]
 * @param kernel [kernelHeight, kernelWidth, in, out], odd sizes with "same"
 * @returns [batch, inputHeight, inputWidth, in]
 */
export function convolutionInputGradient(dy: tf.Tensor4D, kernel: tf.Tensor4D, padding: Padding): tf.Tensor4D {
  const [kernelHeight, kernelWidth] = kernel.shape;
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D; // [kh, kw, out, in]
  if (padding === "same") return tf.conv2d(dy, turned, 1, "same");
  const margin = (length: number): [number, number] => [length - 1, length - 1];
  return tf.conv2d(tf.pad(dy, [[0, 0], margin(kernelHeight), margin(kernelWidth), [0, 0]]), turned, 1, "valid");
}

/**
 * ∂L/∂kernel of y = conv2d(x, kernel): x convolved with dy as the kernel, channels standing in for the batch.
 * @param x [batch, inputHeight, inputWidth, in]
 * @param dy [batch, height, width, out]
 * @returns [kernelHeight, kernelWidth, in, out]
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  { kernelSize, padding }: { kernelSize: readonly [number, number]; padding: Padding },
): tf.Tensor4D {
  const around = (axis: 0 | 1) => {
    return [...windowPadding(x.shape[axis + 1] as number, { length: kernelSize[axis], stride: 1, padding })] as const;
  };
  const images = tf.transpose(x, [3, 1, 2, 0]); // [in, inputHeight, inputWidth, batch]
  const windows = tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D; // [height, width, batch, out]
  const padded = tf.pad(images, [[0, 0], [...around(0)], [...around(1)], [0, 0]]) as tf.Tensor4D;
  const gradient = tf.conv2d(padded, windows, 1, "valid"); // [in, kernelHeight, kernelWidth, out]
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

/** True where the two functions above hold: stride 1, no dilation, and odd kernels where padding is "same". */
export function isPlainConvolution(attrs: tf.Conv2DAttrs, [height, width]: readonly [number, number]): boolean {
  const { strides, dilations, dataFormat, pad } = attrs;
  const one = (value: unknown) => value === 1 || (Array.isArray(value) && value.every((part) => part === 1));
  const odd = height % 2 === 1 && width % 2 === 1;
  const nhwc = dataFormat === undefined || (dataFormat as string) === "NHWC";
  return (
    one(strides) && (dilations === undefined || one(dilations)) && nhwc && (pad === "valid" || (pad === "same" && odd))
  );
}
