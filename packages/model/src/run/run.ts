import { z } from "zod";
import { autoencoderSpec } from "../network/spec.ts";
import { recipe } from "../training/recipes/recipe.ts";

/**
 * `run.json`, the description of a published run: what was trained, how, on what, how well, and every file beside it.
 * The one contract between trainer and site; docs/artifact-format.md explains it in prose.
 */

/** Names that routes of the site use and no run may have. */
const reservedRunNames: readonly string[] = ["compare", "mine"];

/** A run's name: a folder's name and a part of an address. */
export const runName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected 1 to 63 of a-z, 0-9 and -, the first no -")
  .refine((name) => !reservedRunNames.includes(name), "this name is reserved");

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A loss; JSON has no NaN, so one that was not finite is null. */
const finiteOrNull = z.number().nullable();

export const epochRecord = z.strictObject({
  /** From 1. */
  epoch: z.int().positive(),
  /** Mean over the epoch's images while the weights moved: Keras's running mean. The recipe's loss over pixels in [0, 1]. */
  loss: finiteOrNull,
  /** The recipe's loss over the validation images at the epoch's end. */
  valLoss: finiteOrNull,
  /** Wall seconds, validation included. */
  seconds: z.number().nonnegative(),
  /** Training images over those seconds. */
  imagesPerSecond: z.number().nonnegative(),
  /** Resident memory of the process at the epoch's end, in bytes. */
  residentBytes: z.int().nonnegative(),
});

export const runFile = z.strictObject({
  /** Relative to the run's folder, with `/`. */
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_.\-/]+$/),
  bytes: z.int().nonnegative(),
  sha256,
});

const metrics = z.strictObject({
  /** Mean squared error over all pixels of all images. */
  mse: z.number(),
  /** Mean over the images of each one's PSNR, in dB. */
  psnr: z.number(),
  /** Mean over the images of each one's SSIM (Gaussian window, σ 1.5, as scikit-image computes it). */
  ssim: z.number(),
});

export const runSchema = z.strictObject({
  formatVersion: z.literal(1),
  name: runName,
  /** `collapsed`: it prints black images; `interrupted`: published before its last epoch. */
  status: z.enum(["complete", "interrupted", "collapsed"]),
  /** When the collapse was found, for `collapsed` runs and for those that recovered from one. */
  collapse: z.strictObject({ epoch: z.int(), batch: z.int(), explanation: z.string() }).optional(),
  spec: autoencoderSpec,
  recipe,
  seed: z.int().min(1),
  /** Value at which the output layer's bias started. */
  outputBias: z.number(),
  source: z.strictObject({
    /** SHA-256 over the sources that decide the result (packages/model, packages/data), names and contents. */
    sha256,
    /** The commit that was checked out, where there is git. */
    commit: z.string().nullable(),
    /** True where those sources differed from that commit. */
    dirty: z.boolean(),
  }),
  dataset: z.strictObject({
    name: z.string(),
    /** SHA-256 of each IDX file, decompressed. */
    files: z.array(z.strictObject({ name: z.string(), sha256 })),
    /** Images in the training file and in the test file. */
    trainingImages: z.int().positive(),
    testImages: z.int().positive(),
    /** How the training file was split: images trained on, and validation images (the last ones of those used). */
    split: z.strictObject({ train: z.int().positive(), validation: z.int().nonnegative() }),
    /** Mean of the training images' pixels in [0, 1]. */
    meanPixel: z.number(),
  }),
  engine: z.strictObject({
    name: z.enum(["native", "cuda", "wasm", "webgpu"]),
    /** The device in words, such as the CPU's model. */
    device: z.string(),
    versions: z.record(z.string(), z.string()),
    /** Threads or workers that computed. */
    workers: z.int().positive(),
  }),
  startedAt: z.iso.datetime(),
  /** Seconds of training, interruptions left out. */
  seconds: z.number().nonnegative(),
  history: z.array(epochRecord),
  /** Validation MSE of what needs no training; `pca`: as many components as the code has numbers, clipped to [0, 1]. */
  baselines: z.strictObject({ black: z.number(), meanImage: z.number(), pca: z.number() }),
  /** On the test images: over all, and by digit (0 to 9) where there are labels. */
  test: z.strictObject({
    ...metrics.shape,
    perDigit: z.array(z.strictObject({ digit: z.int(), count: z.int(), ...metrics.shape })),
  }),
  files: z.array(runFile),
});

export type Run = z.infer<typeof runSchema>;
export type RunFile = z.infer<typeof runFile>;
export type EpochRecord = z.infer<typeof epochRecord>;

/**
 * `run.json`'s text as a `Run`.
 * @throws Error of one line that names the first field that is wrong, what was expected and what to do.
 */
export function parseRun(text: string): Run {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error("run.json: expected JSON but its text does not parse; train the run again", { cause });
  }
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (version !== 1) {
    throw new Error(`run.json: expected formatVersion 1 but got ${JSON.stringify(version)}; train the run again`);
  }
  const result = runSchema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`run.json: ${issue?.path.join(".") || "(whole file)"}: ${issue?.message}; train the run again`);
}

/** What a run's losses are: in a sentence, and at a curve's axis. */
export const lossNames: Readonly<Record<Run["recipe"]["loss"], { name: string; axis: string }>> = {
  mse: { name: "mean squared error", axis: "MSE over pixels in [0, 1]" },
  bce: { name: "binary cross-entropy", axis: "binary cross-entropy over pixels" },
};

/** What snapshots.safetensors holds of the network's insides at each snapshot; docs/artifact-format.md says over what. */
export const snapshotVitals = [
  "outputMean",
  "preActivationMean",
  "preActivationMin",
  "outputBias",
  "liveMaps",
  "lastMapsMean",
] as const;
