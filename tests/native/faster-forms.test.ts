import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { native } from "../../apps/trainer/src/engines/native.ts";
import type { NodeBackend } from "../../apps/trainer/src/graph/binding.ts";
import { fasterForms } from "../../apps/trainer/src/graph/faster-forms.ts";
import { operationsOf } from "../../apps/trainer/src/graph/graph.ts";
import { tfFunction } from "../../apps/trainer/src/graph/index.ts";
import { record } from "../../apps/trainer/src/graph/recording.ts";
import { difference, normal } from "./tensors.ts";

/** Graphs in their faster forms, against TensorFlow's own operations called one by one, and finite differences. */

beforeAll(() => native.start({ eager: true }));
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

/** How often each operation stands in the graph of a function. */
function operationsIn(f: (...inputs: tf.Tensor[]) => tf.Tensor[], inputs: tf.Tensor[]): Record<string, number> {
  const backend = tf.backend() as unknown as NodeBackend;
  const { graph } = record({ name: "counted", f }, inputs, backend);
  const counts: Record<string, number> = {};
  for (const { name } of operationsOf(fasterForms(graph, backend.binding))) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe("an upsampling and a convolution, as one convolution turned round", () => {
  /** [output, gradient of x, gradient of w] of the sum of output · dy. */
  const upsampledConvolution = (factor: number) => (x: tf.Tensor, w: tf.Tensor, dy: tf.Tensor) => {
    const [, height = 0, width = 0] = x.shape;
    const output = (a: tf.Tensor, b: tf.Tensor) => {
      const large = tf.image.resizeNearestNeighbor(a as tf.Tensor4D, [height * factor, width * factor]);
      return tf.conv2d(large, b as tf.Tensor4D, 1, "same");
    };
    const gradients = tf.grads((a, b) => tf.sum(tf.mul(output(a!, b!), dy)));
    return [output(x, w), ...gradients([x, w])];
  };

  for (const [factor, side, channels, filters] of [
    [2, 3, 1, 1],
    [2, 3, 5, 4],
    [2, 5, 3, 1],
    [3, 3, 2, 3],
    [2, 1, 3, 2],
  ] as const) {
    const title = `factor ${factor}, kernel ${side}×${side}, ${channels} → ${filters} channels`;
    const tensors = () =>
      [
        normal([3, 4, 5, channels], 1),
        normal([side, side, channels, filters], 2),
        normal([3, 4 * factor, 5 * factor, filters], 3),
      ] as const;

    it(`${title}: equals TensorFlow's own operations, without the large map`, () => {
      const f = upsampledConvolution(factor);
      const inputs = tensors();
      const replayed = tfFunction("upsampled convolution", f)(...inputs);
      for (const [at, expected] of f(...inputs).entries()) {
        expect(difference(replayed[at]!, expected), `output ${at}`).toBeLessThanOrEqual(1e-5);
      }
      const { ResizeNearestNeighbor, AvgPool, ...rest } = operationsIn(f as never, [...inputs]);
      expect({ ResizeNearestNeighbor, AvgPool }).toEqual({});
      expect(rest).toMatchObject({ Conv2DBackpropInput: 1, Conv2D: 1, Conv2DBackpropFilter: 1 });
    });
  }

  it("has the gradients of finite differences", () => {
    const f = tfFunction("differences", upsampledConvolution(2));
    const [x, w, dy] = [normal([1, 3, 2, 2], 4), normal([3, 3, 2, 3], 5), normal([1, 6, 4, 3], 6)];
    const sum = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(f(a, b, dy)[0]!, dy)).dataSync()[0]!;
    const [, dx, dw] = f(x, w, dy).map((tensor) => tensor.dataSync());
    const oneAt = (shape: number[], index: number) => {
      return tf.tensor(
        Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => (at === index ? 1 : 0)),
        shape,
      );
    };
    // The sum is linear in x and in w: a whole step gives the slope.
    for (const index of [0, 5, 11]) {
      expect(dx![index]).toBeCloseTo(sum(tf.add(x, oneAt(x.shape, index)), w) - sum(x, w), 4);
    }
    for (const index of [0, 17, 30, 53]) {
      expect(dw![index]).toBeCloseTo(sum(x, tf.add(w, oneAt(w.shape, index))) - sum(x, w), 4);
    }
  });

  it("is left alone where pixels are not repeated, or the convolution has a stride or a dilation", () => {
    const large = (x: tf.Tensor, side: number, half = false) => {
      return tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [side, side], false, half);
    };
    const kernel = (w: tf.Tensor) => w as tf.Tensor4D;
    const others: ((x: tf.Tensor, w: tf.Tensor) => tf.Tensor)[] = [
      (x, w) => tf.conv2d(large(x, 6), kernel(w), 1, "same"),
      (x, w) => tf.conv2d(large(x, 8, true), kernel(w), 1, "same"),
      (x, w) => tf.conv2d(large(x, 8), kernel(w), 2, "same"),
      (x, w) => tf.conv2d(large(x, 8), kernel(w), 1, "valid"),
      (x, w) => tf.conv2d(large(x, 8), kernel(w), 1, "same", "NHWC", 2),
    ];
    for (const [at, other] of others.entries()) {
      const counts = operationsIn((x, w) => [other(x!, w!)], [normal([2, 4, 4, 2], 1), normal([3, 3, 2, 3], 2)]);
      expect(counts, `case ${at}`).toMatchObject({ ResizeNearestNeighbor: 1, Conv2D: 1 });
    }
  });
});
