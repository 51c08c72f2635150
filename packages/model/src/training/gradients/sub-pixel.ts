import * as tf from "@tensorflow/tfjs-core";
import { convolutionFilterGradient } from "./convolution.ts";

/**
 * A 3 × 3 convolution of a map whose rows and columns were all doubled, computed on the map as it was ("sub-pixel
 * convolution", Shi et al. 2016, https://arxiv.org/abs/1609.05158).
 *
 * A window of 3 × 3 on the doubled map sees no more than 2 × 2 different values, and sees them in one of four ways: its
 * middle has an even or an odd row and an even or an odd column, its phase. So the convolution equals four of 2 × 2, one for
 * each phase, whose kernels are sums of the weights that meet the same value. That takes 4/9 of the multiplications. All four
 * are one convolution here, over a row and a column of places more than each needs: 0.51 of them on a map of 14 × 14.
 */

/** Kernels of a backend that take phases, [images, height + 1, width + 1, 4 · maps], to maps of twice the size, and back. */
export const phaseKernels = { interleave: "InterleavePhases", separate: "SeparatePhases" } as const;

/** Whether the active backend has them. */
export function hasPhaseKernels(): boolean {
  return Object.values(phaseKernels).every((name) => tf.getKernel(name, tf.getBackend()) !== undefined);
}

/**
 * conv2d(upsample(x), kernel), padding "same".
 * @param x [images, height, width, in]
 * @param kernel [3, 3, in, out]
 * @returns [images, 2 · height, 2 · width, out]
 */
export function upSampledConvolution(x: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
  return convolveInPhases(x, phaseWeights(kernel));
}

/**
 * Which weights, of three along one axis, meet the same value: for an even place, then for an odd one, its two values in
 * order. An even place stands on the first copy of its value and sees one value before; an odd one sees one behind.
 */
const meeting = [
  [
    [1, 0, 0],
    [0, 1, 1],
  ],
  [
    [1, 1, 0],
    [0, 0, 1],
  ],
] as const;

/** `sums[u, v, a, b]` of [2, 2, 2, 2, 9]: the weights that value (u, v) of a window meets in phase (a, b). */
const sums = [0, 1].flatMap((u) =>
  [0, 1].flatMap((v) =>
    [0, 1].flatMap((a) =>
      [0, 1].flatMap((b) => (meeting[a]?.[u] ?? []).flatMap((row) => (meeting[b]?.[v] ?? []).map((one) => row * one))),
    ),
  ),
);

/** The kernels of the four phases side by side. @returns [2, 2, in, 4 · out] */
function phaseWeights(kernel: tf.Tensor4D): tf.Tensor4D {
  const [, , inputs, outputs] = kernel.shape;
  return tf.tidy(() => {
    const summed = tf.matMul(tf.tensor2d(sums, [16, 9]), tf.reshape(kernel, [9, inputs * outputs]));
    const apart = tf.reshape(summed, [4, 4, inputs, outputs]); // [value of the window, phase, in, out]
    return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [2, 2, inputs, 4 * outputs]);
  });
}

/** All four phases at every place at which a window of 2 × 2 meets the map, by one convolution; then those that there are. */
function convolveInPhases(x: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D {
  const convolve = tf.customGrad((...args) => {
    const [map, kernel, save] = args as unknown as [tf.Tensor4D, tf.Tensor4D, tf.GradSaveFunc];
    const padded = tf.pad(map, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]) as tf.Tensor4D;
    save([padded, kernel]);
    const value = phaseKernel("interleave", tf.conv2d(padded, kernel, 1, "valid"));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [from, by] = saved as [tf.Tensor4D, tf.Tensor4D];
      const phases = phaseKernel("separate", dy as tf.Tensor4D);
      const turned = tf.transpose(tf.reverse(by, [0, 1]), [0, 1, 3, 2]);
      return [
        // What the padding would get is left out: so the windows are those that lie within.
        tf.conv2d(phases, turned as tf.Tensor4D, 1, "valid"),
        convolutionFilterGradient(from, phases, { kernelSize: [2, 2], padding: "valid" }),
      ];
    };
    return { value, gradFunc };
  });
  return convolve(x, weights) as tf.Tensor4D;
}

function phaseKernel(which: keyof typeof phaseKernels, x: tf.Tensor4D): tf.Tensor4D {
  return tf.engine().runKernel(phaseKernels[which], { x }) as tf.Tensor4D;
}
