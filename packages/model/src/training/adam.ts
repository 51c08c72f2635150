import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../network/shapes.ts";
import { flatten } from "./gradient.ts";
import type { Recipe } from "./recipes/index.ts";

/** Settings of Adam; see `Recipe`. */
export type AdamSettings = Recipe["optimizer"];

/** Adam's moments, flat, in the order of the variables. */
export interface Moments {
  /** First moment: running mean of the gradients. */
  m: Float32Array;
  /** Second moment: running mean of their squares. */
  v: Float32Array;
}

/**
 * Adam as Keras computes it (Kingma & Ba 2015, the form before Algorithm 1's end of section 2, with epsilon "hat"):
 *   m ← m + (g − m)(1 − β₁),  v ← v + (g² − v)(1 − β₂),  w ← w − α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 * The corrections derive from the integer step t, so a resumed run repeats an unbroken one bit for bit.
 * All variables are updated as one flat vector: one kernel call for each operation, whatever the number of layers.
 */
export class Adam {
  private readonly weights: tf.Variable;
  private readonly m: tf.Variable;
  private readonly v: tf.Variable;
  private readonly sizes: number[];

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly settings: AdamSettings,
    moments?: Moments,
  ) {
    this.sizes = variables.map(({ shape }) => sizeOf(shape));
    const length = this.sizes.reduce((sum, size) => sum + size, 0);
    const start = (data: Float32Array | undefined) =>
      tf.tidy(() => tf.variable(data ? tf.tensor1d(data) : tf.zeros([length]), false));
    this.m = start(moments?.m);
    this.v = start(moments?.v);
    this.weights = tf.tidy(() => tf.variable(flatten(variables), false));
  }

  /** α √(1 − β₂ᵗ) / (1 − β₁ᵗ) of step `step`, counted from 1. */
  rate(step: number): number {
    const { learningRate, beta1, beta2 } = this.settings;
    return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  }

  /** Moves the variables. `gradient` is flat, in their order; `rate` is a tensor, since it varies from step to step. */
  apply(gradient: tf.Tensor1D, rate: tf.Scalar): void {
    const { beta1, beta2, epsilon } = this.settings;
    tf.tidy(() => {
      const m = tf.add(this.m, tf.mul(tf.sub(gradient, this.m), 1 - beta1));
      const v = tf.add(this.v, tf.mul(tf.sub(tf.square(gradient), this.v), 1 - beta2));
      const weights = tf.sub(this.weights, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon)));
      this.m.assign(m);
      this.v.assign(v);
      this.weights.assign(weights);
      tf.split(weights, this.sizes).forEach((part, index) => {
        const variable = this.variables[index] as tf.Variable;
        variable.assign(tf.reshape(part, variable.shape));
      });
    });
  }

  /** Weights and moments as they stand, flat. */
  async read(): Promise<Moments & { weights: Float32Array }> {
    const [weights, m, v] = await Promise.all([this.weights.data(), this.m.data(), this.v.data()]);
    return {
      weights: Float32Array.from(weights),
      m: Float32Array.from(m),
      v: Float32Array.from(v),
    };
  }

  /** Weights as they stand, flat. */
  async readWeights(): Promise<Float32Array> {
    return (await this.weights.data<"float32">()).slice();
  }

  dispose(): void {
    for (const variable of [this.weights, this.m, this.v]) variable.dispose();
  }
}
