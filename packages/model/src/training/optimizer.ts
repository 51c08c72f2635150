import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../network/shapes.ts";
import { flatten } from "./gradient.ts";
import type { Recipe } from "./recipes/index.ts";

/** Settings of an optimizer; see `Recipe`. */
export type OptimizerSettings = Recipe["optimizer"];

/** What an optimizer remembers of every weight: flat vectors in the order of the variables, by their names in a checkpoint. */
export type Slots = Readonly<Record<string, Float32Array>>;

/** Flat tensors: all weights, or a slot of all weights. */
type Flat = tf.Tensor1D;

/** One optimizer, as Keras computes it. What varies from step to step comes as scalars, so that a step can be one graph. */
interface Rule {
  /** Names of what it remembers. */
  slots: readonly string[];
  /** The numbers of a step, counted from 1, at a learning rate. */
  numbers(step: number, learningRate: number): number[];
  move(weights: Flat, gradient: Flat, slots: readonly Flat[], numbers: readonly tf.Scalar[]): Moved;
}

interface Moved {
  weights: Flat;
  slots: Flat[];
}

function ruleOf(settings: OptimizerSettings): Rule {
  switch (settings.name) {
    case "sgd":
      return settings.momentum === 0 ? plainDescent : descentWithMomentum(settings);
    case "adam":
      return adam(settings);
    case "adamw":
      return adamW(settings);
  }
}

type SettingsOf<Name> = Extract<OptimizerSettings, { name: Name }>;

/** w ← w − α g */
const plainDescent: Rule = {
  slots: [],
  numbers: (_, learningRate) => [learningRate],
  move: (weights, gradient, _, [rate]) => ({
    weights: tf.sub(weights, tf.mul(gradient, rate as tf.Scalar)),
    slots: [],
  }),
};

/** m ← μ m − α g,  w ← w + m; after Nesterov w ← w + μ m − α g with the new m. */
function descentWithMomentum({ momentum, nesterov }: SettingsOf<"sgd">): Rule {
  return {
    slots: ["m"],
    numbers: (_, learningRate) => [learningRate],
    move(weights, gradient, [before], [rate]) {
      const pull = tf.mul(gradient, rate as tf.Scalar);
      const m: Flat = tf.sub(tf.mul(before as Flat, momentum), pull);
      return { weights: tf.add(weights, nesterov ? tf.sub(tf.mul(m, momentum), pull) : m), slots: [m] };
    },
  };
}

/**
 * Kingma & Ba 2015, the form before Algorithm 1's end of section 2, with epsilon "hat":
 *   m ← m + (g − m)(1 − β₁),  v ← v + (g² − v)(1 − β₂),  w ← w − α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 * The corrections derive from the integer step t, so a resumed run repeats an unbroken one bit for bit.
 */
function adam({ beta1, beta2, epsilon }: Omit<SettingsOf<"adam">, "name">): Rule {
  return {
    slots: ["m", "v"],
    numbers: (step, learningRate) => [(learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)],
    move(weights, gradient, [first, second], [rate]) {
      const m: Flat = tf.add(first as Flat, tf.mul(tf.sub(gradient, first as Flat), 1 - beta1));
      const v: Flat = tf.add(second as Flat, tf.mul(tf.sub(tf.square(gradient), second as Flat), 1 - beta2));
      const step = tf.div(tf.mul(m, rate as tf.Scalar), tf.add(tf.sqrt(v), epsilon));
      return { weights: tf.sub(weights, step), slots: [m, v] };
    },
  };
}

/** Loshchilov & Hutter 2019: first w ← w − α λ w, for biases too as in Keras, then Adam's step. */
function adamW({ weightDecay, ...settings }: SettingsOf<"adamw">): Rule {
  const { slots, numbers, move } = adam(settings);
  return {
    slots,
    numbers: (step, learningRate) => [...numbers(step, learningRate), learningRate * weightDecay],
    move(weights, gradient, before, [rate, decay]) {
      const decayed: Flat = tf.sub(weights, tf.mul(weights, decay as tf.Scalar));
      return move(decayed, gradient, before, [rate as tf.Scalar]);
    },
  };
}

/**
 * An optimizer at work on some variables. All of them are updated as one flat vector: one kernel call for each operation,
 * whatever the number of layers.
 */
export class Optimizer {
  private readonly rule: Rule;
  private readonly weights: tf.Variable;
  private readonly slots: tf.Variable[];
  private readonly sizes: number[];

  /** @param slots as a checkpoint kept them; without them it starts anew @throws Error where one is missing */
  constructor(
    private readonly variables: readonly tf.Variable[],
    settings: OptimizerSettings,
    slots?: Slots,
  ) {
    this.rule = ruleOf(settings);
    this.sizes = variables.map(({ shape }) => sizeOf(shape));
    const length = this.sizes.reduce((sum, size) => sum + size, 0);
    this.slots = this.rule.slots.map((name) => {
      const data = slots && kept(slots, name, settings.name);
      return tf.tidy(() => tf.variable(data ? tf.tensor1d(data) : tf.zeros([length]), false));
    });
    this.weights = tf.tidy(() => tf.variable(flatten(variables), false));
  }

  /** What `apply` needs to know of step `step`, counted from 1. */
  numbers(step: number, learningRate: number): tf.Scalar[] {
    return this.rule.numbers(step, learningRate).map((number) => tf.scalar(number));
  }

  /** Moves the variables. `gradient` is flat, in their order. */
  apply(gradient: tf.Tensor1D, numbers: readonly tf.Scalar[]): void {
    tf.tidy(() => {
      const { weights, slots } = this.rule.move(this.weights as Flat, gradient, this.slots as Flat[], numbers);
      for (const [at, slot] of slots.entries()) this.slots[at]?.assign(slot);
      this.weights.assign(weights);
      tf.split(weights, this.sizes).forEach((part, index) => {
        const variable = this.variables[index] as tf.Variable;
        variable.assign(tf.reshape(part, variable.shape));
      });
    });
  }

  /** Weights and slots as they stand, flat. */
  async read(): Promise<{ weights: Float32Array; slots: Slots }> {
    const [weights, ...slots] = await Promise.all([this.weights, ...this.slots].map((one) => one.data<"float32">()));
    const named = this.rule.slots.map((name, at) => [name, Float32Array.from(slots[at] as Float32Array)] as const);
    return { weights: Float32Array.from(weights as Float32Array), slots: Object.fromEntries(named) };
  }

  /** Weights as they stand, flat. */
  async readWeights(): Promise<Float32Array> {
    return (await this.weights.data<"float32">()).slice();
  }

  dispose(): void {
    for (const variable of [this.weights, ...this.slots]) variable.dispose();
  }
}

function kept(slots: Slots, name: string, optimizer: string): Float32Array {
  const data = slots[name];
  if (data) return data;
  const there = Object.keys(slots).join(", ") || "none";
  throw new Error(`checkpoint: expected a tensor ${name}, which ${optimizer} remembers, but got ${there}`);
}
