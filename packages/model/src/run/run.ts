import { z } from "zod";
import { fittingSpec } from "../network/check-spec.ts";
import { mostEpochs, recipe } from "../training/recipes/recipe.ts";
import { shown } from "../words.ts";
import { RunFault } from "./fault.ts";
import { firstIssue } from "./issue-words.ts";
import { runPaths } from "./paths.ts";
import { parseObject } from "./stored-json.ts";

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

/** Bounds of what a stranger's run may hold; ours stay far below. */
export const runLimits = {
  /** Characters of run.json; one of 2,000 epochs has 400,000. */
  runJson: 4_000_000,
  files: 500,
  /** Bytes of one file. */
  fileBytes: 1_000_000_000,
  /** Images of one IDX file. */
  images: 10_000_000,
} as const;

const engineNames = ["native", "cuda", "wasm", "webgpu"] as const;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 of 0-9 and a-f");
const text = z.string().max(1000);
const count = z.int().max(runLimits.images);

/** A mean over pixels in [0, 1], a squared error or a cross-entropy in nats: within what either can be, and far beyond. */
const error = z
  .number()
  .nonnegative()
  .max(1e6)
  .refine((mean) => mean === 0 || mean >= 1e-30, "expected 0, or at least 1e-30");
/** A loss; JSON has no NaN, so one that was not finite is null. */
const errorOrNull = error.nullable();
/** Thirty years. */
const seconds = z.number().nonnegative().max(1e9);

export const epochRecord = z.strictObject({
  /** From 1. */
  epoch: z.int().positive(),
  /** Mean over the epoch's images while the weights moved: Keras's running mean. The recipe's loss over pixels in [0, 1]. */
  loss: errorOrNull,
  /** The recipe's loss over the validation images at the epoch's end. */
  valLoss: errorOrNull,
  /** Wall seconds, validation included. */
  seconds,
  /** Training images over those seconds. */
  imagesPerSecond: z.number().nonnegative().max(1e9),
  /** Resident memory of the process at the epoch's end, in bytes. */
  residentBytes: z.int().nonnegative(),
});

export const runFile = z.strictObject({
  /** Relative to the run's folder, with `/`. */
  path: z
    .string()
    .max(200)
    .regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_.\-/]+$/, "expected a path within the run's folder"),
  bytes: z.int().nonnegative().max(runLimits.fileBytes),
  sha256,
});

const metrics = z.strictObject({
  /** Mean squared error over all pixels of all images. */
  mse: error,
  /** Mean over the images of each one's PSNR, in dB; null where it is infinite, since one was rebuilt exactly. */
  psnr: z.number().min(-1e4).max(1e4).nullable(),
  /** Mean over the images of each one's SSIM (Gaussian window, σ 1.5, as scikit-image computes it). */
  ssim: z.number().min(-1.001).max(1.001), // ±1, and what float32 rounds
});

/** The part of a run that took place in a page; run.json records it too. */
export const pagePart = z.strictObject({
  /** What the browser says of itself. */
  browser: text,
  /** Optimizer steps taken there. */
  steps: count.nonnegative(),
  /** What the reader changed on the way, and after which step. `recipe` has the settings that held at the end. */
  changes: z
    .array(z.strictObject({ step: count.nonnegative(), what: text }))
    .max(runLimits.files)
    .optional(),
  /** The run, and the files of it, whose weights it began from; without it they were drawn from the seed. */
  start: z
    .strictObject({
      run: runName,
      files: z.array(z.strictObject({ path: runFile.shape.path, sha256: runFile.shape.sha256 })).max(runLimits.files),
    })
    .optional(),
  /** The reader's drawing, an IDX file of one picture, where it was trained on. */
  drawing: z
    .strictObject({
      /** It stood in the place of the images that were trained on from this number, the first of them being 0, … */
      from: count.nonnegative(),
      /** … to before this one. */
      to: count,
      path: z.literal(runPaths.drawing),
      sha256,
    })
    .superRefine(({ from, to }, context) => {
      if (to > from) return;
      context.addIssue({ code: "custom", path: ["to"], message: `expected more than from, ${from}, but got ${to}` });
    })
    .optional(),
});

export const runSchema = z
  .strictObject({
    formatVersion: z.literal(1),
    name: runName,
    /** `collapsed`: it prints black images; `interrupted`: published before its last epoch. */
    status: z.enum(["complete", "interrupted", "collapsed"]),
    /** When the collapse was found, for `collapsed` runs and for those that recovered from one. */
    collapse: z.strictObject({ epoch: z.int(), batch: z.int(), explanation: text }).optional(),
    spec: fittingSpec,
    recipe,
    seed: z.int().min(1),
    /** Value at which the output layer's bias started. */
    outputBias: z.number().min(-1e6).max(1e6),
    source: z.strictObject({
      /** SHA-256 over the sources that decide the result (packages/model, packages/data), names and contents. */
      sha256,
      /** The commit that was checked out, where there is git. */
      commit: text.nullable(),
      /** True where those sources differed from that commit. */
      dirty: z.boolean(),
    }),
    dataset: z.strictObject({
      name: text,
      /** SHA-256 of each IDX file, decompressed. */
      files: z.array(z.strictObject({ name: text, sha256 })).max(16),
      /** Images in the training file and in the test file. */
      trainingImages: count.positive(),
      testImages: count.positive(),
      /**
       * How the training file was split: images trained on, from number `from` (where it is missing from 0), and behind them
       * the validation images.
       */
      split: z.strictObject({
        from: count.nonnegative().optional(),
        train: count.positive(),
        validation: count.nonnegative(),
      }),
      /** Mean of the training images' pixels in [0, 1]. */
      meanPixel: z.number().min(0).max(1),
    }),
    engine: z.strictObject({
      name: z.enum(engineNames),
      /** The device in words, such as the CPU's model. */
      device: text,
      versions: z.record(text, text),
      /** Threads or workers that computed. */
      workers: z.int().positive(),
      /** On native and cuda, where missing both false: the kernels were oneDNN's, and each step ran as one graph. */
      oneDnn: z.boolean().optional(),
      graph: z.boolean().optional(),
      /** Parts of a batch whose gradients were summed in order; where it is missing a batch was computed in one piece. */
      shards: z.int().positive().optional(),
    }),
    startedAt: z.iso.datetime(),
    /** Where the run goes on from another one's end: its first epochs are that one's. */
    continues: z
      .strictObject({
        run: runName,
        /** Epochs that it had. */
        epochs: z.int().positive().max(mostEpochs),
        /** The engine of those epochs; `engine` is that of the later ones. */
        engine: z.enum(engineNames),
        /** Whether the optimizer went on with what it remembered, or started anew. */
        optimizer: z.enum(["kept", "restarted"]),
      })
      .optional(),
    /** Where its first steps were taken in a page (`--from`). */
    page: pagePart.optional(),
    /** Seconds of training, interruptions left out. */
    seconds,
    /** An entry for each epoch, from 1. */
    history: z.array(epochRecord).max(mostEpochs),
    /** Validation MSE of what needs no training; `pca`: as many components as the code has numbers, clipped to [0, 1]. */
    baselines: z.strictObject({ black: error, meanImage: error, pca: error }),
    /** On the test images: over all, and by digit (0 to 9) where there are labels. */
    test: z.strictObject({
      ...metrics.shape,
      perDigit: z
        .array(z.strictObject({ digit: z.int().min(0).max(255), count: count.nonnegative(), ...metrics.shape }))
        .max(256),
    }),
    files: z.array(runFile).max(runLimits.files),
  })
  .superRefine(({ history, dataset, files, page }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    history.forEach(({ epoch }, at) => {
      if (epoch !== at + 1) refuse(["history", at, "epoch"], `expected ${at + 1} but got ${epoch}`);
    });
    const { from = 0, train, validation } = dataset.split;
    if (from + train + validation > dataset.trainingImages) {
      const images = `expected at most the ${dataset.trainingImages} training images`;
      refuse(["dataset", "split"], `${images} but got ${from > 0 ? `${from} + ` : ""}${train} + ${validation}`);
    }
    const paths = new Set<string>(["run.json"]);
    files.forEach(({ path }, at) => {
      if (paths.has(path)) refuse(["files", at, "path"], `expected a path of its own but got ${path} again`);
      paths.add(path);
    });
    const { drawing } = page ?? {};
    if (!drawing) return;
    const at = ["page", "drawing"];
    if (drawing.to > train)
      refuse([...at, "to"], `expected at most the ${train} images trained on but got ${drawing.to}`);
    if (!files.some(({ path, sha256 }) => path === drawing.path && sha256 === drawing.sha256))
      refuse(at, `expected ${drawing.path} among files, with the same sha256, but it is not there`);
  });

export type Run = z.infer<typeof runSchema>;
export type RunFile = z.infer<typeof runFile>;
export type EpochRecord = z.infer<typeof epochRecord>;

/**
 * `run.json`'s text as a `Run`.
 * @throws RunFault that names the first field that is wrong, what was expected and what to do.
 */
export function parseRun(text: string): Run {
  const file = "run.json";
  const mend = "train the run again";
  const json = parseObject(text, { what: "a JSON object", most: runLimits.runJson, file, mend });
  const { formatVersion: version } = json;
  if (version !== 1) throw new RunFault({ file, expected: "formatVersion 1", came: `got ${shown(version)}`, mend });
  const result = runSchema.safeParse(json);
  if (result.success) return result.data;
  throw new RunFault({ file, mend, ...firstIssue(result.error, json) });
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

/** Seeds of the maps in projections.safetensors: three, since a map's gaps and turns are the seed's and only its neighbourhoods the data's. */
export const projectionSeeds = [1, 2, 3] as const;
