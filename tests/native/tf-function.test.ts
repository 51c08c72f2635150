import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { native } from "../../apps/trainer/src/engines/native.ts";
import { statelessUniform, tfFunction } from "../../apps/trainer/src/graph/index.ts";
import { difference, normal } from "./tensors.ts";

/** Functions recorded and replayed as TensorFlow graphs, against the same functions run operation by operation. */

beforeAll(() => native.start({ eager: true }));
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

type Tensors = tf.Tensor[];

/** Calls a function and a copy of it that is replayed, each with variables of its own, and compares what they return. */
function expectEqualCalls(make: () => (...inputs: Tensors) => tf.Tensor | Tensors, calls: readonly Tensors[]): void {
  const eager = make();
  const replayed = tfFunction("tested", make());
  for (const [at, inputs] of calls.entries()) {
    const [got, want] = [replayed(...inputs), eager(...inputs)].map((outputs) => [outputs].flat());
    expect(got).toHaveLength(want!.length);
    for (const [output, tensor] of want!.entries()) {
      expect(difference(got![output]!, tensor), `call ${at}, output ${output}`).toBeLessThanOrEqual(1e-5);
    }
  }
}

describe("a replayed function equals the eager one", () => {
  it("of two inputs, which are one tensor in the first calls", () => {
    const [a, b, c] = [normal([3, 4], 1), normal([3, 4], 2), normal([3, 4], 3)];
    expectEqualCalls(
      () => (x, y) => [tf.sub(x!, tf.mul(y!, 3)), y!],
      [
        [a, a],
        [b, b],
        [a, b],
        [c, a],
      ],
    );
  });

  it("of a batch that changes its size", () => {
    const make = () => {
      const w = tf.variable(normal([3, 3, 1, 2], 5));
      return (x: tf.Tensor) => tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"));
    };
    const sizes = [4, 4, 3, 4, 3, 3, 4, 1];
    expectEqualCalls(
      make as never,
      sizes.map((size, at) => [normal([size, 6, 5, 1], at)]),
    );
  });

  it("whose rate changes at step 1,000", () => {
    const make = () => {
      const w = tf.variable(tf.tensor1d([1, -2, 3]));
      return (rate: tf.Tensor) => {
        w.assign(tf.sub(w, tf.mul(rate, tf.add(w, 0.5))));
        return tf.sum(tf.square(w));
      };
    };
    const [before, after] = [tf.scalar(1e-3), tf.scalar(1e-4)];
    expectEqualCalls(
      make as never,
      Array.from({ length: 1010 }, (_, step) => [step < 1000 ? before : after]),
    );
  });

  it("with dropout, whose seed is an argument", () => {
    const make = () => {
      const w = tf.variable(normal([6, 5], 2));
      return (x: tf.Tensor, seed: tf.Tensor) => {
        const loss = () => {
          const kept = tf.cast(tf.greaterEqual(statelessUniform([8, 6], seed as tf.Tensor1D), 0.4), "float32");
          return tf.mean(tf.square(tf.matMul(tf.mul(x, kept) as tf.Tensor2D, w as tf.Tensor2D))) as tf.Scalar;
        };
        const { value, grads } = tf.variableGrads(loss, [w]);
        w.assign(tf.sub(w, tf.mul(grads[w.name]!, 0.1)));
        return value;
      };
    };
    const x = normal([8, 6], 7);
    expectEqualCalls(
      make as never,
      Array.from({ length: 6 }, (_, at) => [x, tf.tensor1d([3, at], "int32")]),
    );
  });

  it("that trains a batch-normalized classifier with tfjs's Adam, whose moments are made in its first call", () => {
    const weights: tf.Tensor[][] = [];
    const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });
    const make = () => {
      const model = tf.sequential({
        layers: [
          // Without a bias: the normalization takes it back, and Adam would blow up the rounding of its gradient, zero.
          tf.layers.dense({ inputShape: [5], units: 7, useBias: false, kernelInitializer: glorot(3) }),
          tf.layers.batchNormalization({ momentum: 0.8 }),
          tf.layers.activation({ activation: "relu" }),
          tf.layers.dense({ units: 3, kernelInitializer: glorot(4) }),
        ],
      });
      weights.push(model.weights.map((weight) => weight.read()));
      const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const adam = tf.train.adam(0.01);
      return (x: tf.Tensor, y: tf.Tensor) => {
        const loss = () =>
          tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
        const { value, grads } = tf.variableGrads(loss, variables);
        adam.applyGradients(grads as Record<string, tf.Variable>);
        return value;
      };
    };
    const digits = tf.oneHot(tf.tensor1d([0, 1, 2, 1, 0, 2, 2, 1], "int32"), 3).toFloat();
    expectEqualCalls(
      make as never,
      Array.from({ length: 20 }, (_, at) => [normal([8, 5], at), digits]),
    );
    const [eager, replayed] = weights;
    for (const [at, weight] of eager!.entries()) {
      expect(difference(replayed![at]!, weight), `weight ${at}`).toBeLessThanOrEqual(1e-5);
    }
  });
});

describe("variables", () => {
  const counter = () => {
    const count = tf.variable(tf.scalar(1));
    const double = tfFunction("double", () => {
      count.assign(tf.mul(count, 2));
      return tf.add(count, 0);
    });
    return { count, double };
  };

  it("are seen by whoever reads them between calls, and by other functions", () => {
    const { count, double } = counter();
    const plusOne = tfFunction("plus one", () => tf.add(count, 1));
    const seen = [1, 2, 3, 4].map(() => {
      double();
      return [plusOne().dataSync()[0], count.dataSync()[0], tf.neg(count).dataSync()[0]];
    });
    expect(seen).toEqual([
      [3, 2, -2],
      [5, 4, -4],
      [9, 8, -8],
      [17, 16, -16],
    ]);
  });

  it("that are assigned between calls are handed over", () => {
    const { count, double } = counter();
    for (let call = 0; call < 3; call++) double();
    count.assign(tf.scalar(5));
    expect(double().dataSync()[0]).toBe(10);
    expect(count.dataSync()[0]).toBe(10);
  });

  it("leave what was read of them before a call as it was", () => {
    const { count, double } = counter();
    const start = tf.scalar(3);
    count.assign(start);
    const copies = [1, 2, 3, 4].map(() => {
      const copy = count.clone();
      double();
      return copy;
    });
    expect(copies.map((copy) => copy.dataSync()[0])).toEqual([3, 6, 12, 24]);
    expect(start.dataSync()[0]).toBe(3);
    expect(count.dataSync()[0]).toBe(48);
  });

  it("are moved once by a call that is recorded", () => {
    const { count, double } = counter();
    expect([double(), double()].map((value) => value.dataSync()[0])).toEqual([2, 4]);
    expect(count.dataSync()[0]).toBe(4);
  });

  it("keep their values when the function is disposed of", () => {
    const { count, double } = counter();
    for (let call = 0; call < 3; call++) double();
    double.dispose();
    expect(count.dataSync()[0]).toBe(8);
  });

  it("that were disposed of are named", () => {
    const { count, double } = counter();
    for (let call = 0; call < 3; call++) double();
    count.dispose();
    expect(() => double()).toThrow(`variable ${count.name}: expected it to be alive but it was disposed of`);
  });
});

describe("a function that is not one of its arguments and variables is refused, with the place", () => {
  const here = /tf-function\.test\.ts:\d+:\d+/;

  it("where it reads a tensor's values", () => {
    const reads = tfFunction("reads", (x) => tf.mul(x!, x!.sum().dataSync()[0] as number));
    expect(() => reads(tf.tensor1d([1, 2]))).toThrow(
      /^function reads: .*reads a tensor's values at .*; return the tensor/,
    );
    expect(() => reads(tf.tensor1d([1, 2]))).toThrow(here);
  });

  it("where a number that is no argument differs between two calls", () => {
    let step = 0;
    const decays = tfFunction("decays", (x) => tf.mul(x!, 0.5 ** step++));
    decays(tf.tensor1d([1, 2]));
    expect(() => decays(tf.tensor1d([1, 2]))).toThrow(
      /^function decays: .* 1 of Mul at .* was 1 in one call and 0.5 in the next; hand what varies over as an argument/,
    );
  });

  it("where it takes another way in the second call", () => {
    let calls = 0;
    const turns = tfFunction("turns", (x) => (calls++ === 0 ? tf.exp(x!) : tf.sin(x!)));
    turns(tf.scalar(1));
    expect(() => turns(tf.scalar(1))).toThrow(/executed Exp .* in one call and Sin .* in the next/);
  });

  it("where it uses a tensor from outside", () => {
    const outside = tf.tensor1d([3, 4]);
    outside.dataSync();
    tf.neg(outside); // TensorFlow knows it from here on
    const uses = tfFunction("uses", (x) => tf.mul(x!, outside));
    expect(() => uses(tf.tensor1d([1, 2]))).toThrow(
      /uses a tensor from outside: input 1 of Mul at .*hand it over as an argument/,
    );
  });

  it("where it draws random numbers from a state", () => {
    const draws = tfFunction("draws", (x) => tf.multinomial(x as tf.Tensor1D, 3, 1));
    expect(() => draws(tf.tensor1d([0.1, 0.9]))).toThrow(/draws random numbers with Multinomial at .*statelessUniform/);
  });

  it("where it returns a promise", () => {
    const waits = tfFunction("waits", (async (x: tf.Tensor) => x) as never);
    expect(() => waits(tf.scalar(1) as never)).toThrow(/expected it to return tensors but got a promise/);
  });
});

it("keeps as many graphs as it is told, and runs eagerly with one warning for other shapes", () => {
  const warnings: string[] = [];
  const few = tfFunction("few", (x) => tf.mul(x!, 2), { mostGraphs: 2, warn: (line) => warnings.push(line) });
  for (const length of [1, 2, 3, 4, 1, 2, 3]) {
    expect([...few(tf.fill([length], length)).dataSync()]).toEqual(Array(length).fill(2 * length));
  }
  expect(warnings).toEqual(["function few: 2 graphs are kept; with float32[3] it runs operation by operation"]);
});

it("runs as it is inside a gradient and inside another function", () => {
  const square = tfFunction("square", (x) => tf.square(x!));
  for (let call = 0; call < 3; call++) square(tf.scalar(3));
  expect(
    tf
      .grad((x) => square(x) as tf.Scalar)(tf.scalar(3))
      .dataSync()[0],
  ).toBe(6);
  const cube = tfFunction("cube", (x) => tf.mul(x!, square(x!)));
  for (const value of [2, 3, 4]) expect(cube(tf.scalar(value)).dataSync()[0]).toBe(value ** 3);
});

it("leaves no tensors behind", () => {
  const w = tf.variable(normal([50, 50], 1));
  const step = tfFunction("step", (x) => {
    w.assign(tf.mul(w, 0.99));
    return tf.sum(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D));
  });
  const backend = tf.backend() as unknown as { getNumOfTFTensors(): number };
  const count = () => [tf.memory().numTensors, backend.getNumOfTFTensors()];
  const once = () => tf.tidy(() => void step(normal([4, 50], 2)).dataSync());
  for (let call = 0; call < 3; call++) once();
  const before = count();
  for (let call = 0; call < 20; call++) once();
  expect(count()).toEqual(before);
});
