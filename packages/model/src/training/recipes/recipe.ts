import { z } from "zod";
import { fittingSpec } from "../../network/check-spec.ts";

/** Epochs of a run: a hundred times the assignment's, and a history that a page can still show. */
export const mostEpochs = 2000;

/** Shards of a batch: half as many as our batches have images. */
export const mostShards = 64;

const learningRate = z.number().positive().max(100);
/** Steps in which the learning rate goes up from 0 before anything else. */
const warmupSteps = z.int().nonnegative().max(1_000_000);
const adam = {
  learningRate,
  beta1: z.number().min(0).lt(1),
  beta2: z.number().min(0).lt(1),
  /** Added to √v with the bias corrections folded into the step size, as Keras does. */
  epsilon: z.number().positive(),
};

/** Everything that decides a run besides the data and the engine. */
export const recipe = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected 1 to 63 of a-z, 0-9 and -, the first no -"),
  /** One line for people: what this recipe is. */
  title: z.string().max(300),
  spec: fittingSpec,
  /** By Keras's short names: mean squared error, binary cross-entropy (each pixel the chance that it is white). */
  loss: z.enum(["mse", "bce"]),
  optimizer: z.discriminatedUnion("name", [
    z.strictObject({
      name: z.literal("sgd"),
      learningRate,
      momentum: z.number().min(0).lt(1),
      nesterov: z.boolean(),
    }),
    z.strictObject({ name: z.literal("adam"), ...adam }),
    z.strictObject({
      name: z.literal("adamw"),
      ...adam,
      /** Part of every weight, biases included, that a step takes off, times the learning rate. */
      weightDecay: z.number().min(0).max(1),
    }),
  ]),
  /** How the learning rate goes; without it, it stays as it is. */
  schedule: z
    .discriminatedUnion("name", [
      z.strictObject({ name: z.literal("constant"), warmupSteps }),
      z.strictObject({
        name: z.literal("cosine"),
        warmupSteps,
        /** Where it ends, as a part of the learning rate. */
        alpha: z.number().min(0).max(1),
      }),
      z.strictObject({
        name: z.literal("step"),
        warmupSteps,
        /** After so many epochs each time it is multiplied by `decayRate`. */
        decayEpochs: z.int().positive().max(mostEpochs),
        decayRate: z.number().positive().max(1),
      }),
    ])
    .optional(),
  /** End after so many epochs without a lower validation loss; the weights stay those of the last one. */
  earlyStopping: z.strictObject({ patience: z.int().positive().max(mostEpochs) }).optional(),
  batchSize: z.int().positive().max(1_000_000),
  /**
   * Parts of a batch whose gradients an engine with workers computes apart and sums in order; without it the engine's own
   * number. It changes the rounding of a sum, so the last bits of a run, and nothing else.
   */
  shards: z.int().positive().max(mostShards).optional(),
  epochs: z.int().positive().max(mostEpochs),
  /** Which images of the training file are used, validation included: from the first number to before the second. Else all. */
  images: z
    .tuple([z.int().nonnegative(), z.int().positive().max(10_000_000)])
    .refine(([from, to]) => to - from >= 2, "expected at least 2 images")
    .optional(),
  /** The last part of the training images, taken before any shuffling, as Keras does. */
  validationSplit: z.number().min(0).lt(1),
  /** Where the bias of the output layer starts. */
  outputBias: z.enum(["zero", "logit-mean-pixel"]),
  /** What to do when the run has collapsed: stop at once, or go on to the last epoch for the record. */
  onCollapse: z.enum(["stop", "continue"]),
  /** Seed of weights and shuffling. */
  seed: z.int().min(1),
});

export type Recipe = z.infer<typeof recipe>;
