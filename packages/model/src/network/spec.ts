import { z } from "zod";

/**
 * The network as data. Everything else (shapes, parameter counts, summaries, tfjs models, `.keras` files, diagrams,
 * grading checks) is a function of an `AutoencoderSpec`. Class and option names are Keras's, options in camelCase.
 */

/** Far above any layer of ours; products of a few of them still are exact. */
const size = z.int().positive().max(1_000_000);
const name = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*$/, "expected a-z, 0-9 and _, the first a letter");
const activation = z.enum(["linear", "relu", "sigmoid"]);

const inputLayer = z.strictObject({
  className: z.literal("InputLayer"),
  name,
  /** Shape of one example, without the batch axis. */
  shape: z.array(size).min(1).max(4),
});
const conv2d = z.strictObject({
  className: z.literal("Conv2D"),
  name,
  filters: size,
  /** Height and width of the kernel; stride is 1 in both directions. */
  kernelSize: z.tuple([size, size]),
  padding: z.enum(["same", "valid"]),
  activation,
});
const maxPooling2d = z.strictObject({
  className: z.literal("MaxPooling2D"),
  name,
  /** Window height and width, which are the strides too. */
  poolSize: z.tuple([size, size]),
  padding: z.enum(["same", "valid"]),
});
const flatten = z.strictObject({ className: z.literal("Flatten"), name });
const dense = z.strictObject({ className: z.literal("Dense"), name, units: size, activation });
const reshape = z.strictObject({ className: z.literal("Reshape"), name, targetShape: z.array(size).min(1).max(4) });
const upSampling2d = z.strictObject({
  className: z.literal("UpSampling2D"),
  name,
  /** Repetitions of each row and column; interpolation is "nearest". */
  size: z.tuple([size, size]),
});

export const layerSpec = z.discriminatedUnion("className", [
  inputLayer,
  conv2d,
  maxPooling2d,
  flatten,
  dense,
  reshape,
  upSampling2d,
]);
export const modelSpec = z.strictObject({ name, layers: z.array(layerSpec).min(2).max(100) });
export const autoencoderSpec = z.strictObject({ encoder: modelSpec, decoder: modelSpec });

export type Activation = z.infer<typeof activation>;
export type LayerSpec = z.infer<typeof layerSpec>;
export type ModelSpec = z.infer<typeof modelSpec>;
export type AutoencoderSpec = z.infer<typeof autoencoderSpec>;

/** Options of the assignment's architecture that its "future improvements" would change. */
export interface AssignmentOptions {
  /** Length of the latent vector. */
  latent?: number;
}

/** The assignment's network: 28×28×1 → 64 → 28×28×1, layer names as Keras gives them in a fresh process. */
export function assignmentSpec({ latent = 64 }: AssignmentOptions = {}): AutoencoderSpec {
  const conv = (name: string, filters: number, activation: Activation = "relu"): LayerSpec => {
    return { className: "Conv2D", name, filters, kernelSize: [3, 3], padding: "same", activation };
  };
  const pool = (name: string): LayerSpec => ({ className: "MaxPooling2D", name, poolSize: [2, 2], padding: "valid" });
  const up = (name: string): LayerSpec => ({ className: "UpSampling2D", name, size: [2, 2] });
  return {
    encoder: {
      name: "encoder",
      layers: [
        { className: "InputLayer", name: "encoder_input", shape: [28, 28, 1] },
        conv("conv2d", 32),
        pool("max_pooling2d"),
        conv("conv2d_1", 64),
        pool("max_pooling2d_1"),
        { className: "Flatten", name: "flatten" },
        { className: "Dense", name: "latent_vector", units: latent, activation: "linear" },
      ],
    },
    decoder: {
      name: "decoder",
      layers: [
        { className: "InputLayer", name: "decoder_input", shape: [latent] },
        { className: "Dense", name: "dense", units: 7 * 7 * 64, activation: "relu" },
        { className: "Reshape", name: "reshape", targetShape: [7, 7, 64] },
        conv("conv2d_2", 64),
        up("up_sampling2d"),
        conv("conv2d_3", 32),
        up("up_sampling2d_1"),
        conv("conv2d_4", 1, "sigmoid"),
      ],
    },
  };
}
