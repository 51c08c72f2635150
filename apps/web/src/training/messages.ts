import type { AutoencoderSpec } from "@autoencoder/model";
import type { ReplicaAnswer, ReplicaOf, ReplicaRequest } from "@autoencoder/model/data-parallel";
import type { Recipe } from "@autoencoder/model/recipes";
import type { EngineName } from "./engines/engine.ts";
import type { TrainedStart, TrainingSettings } from "./settings.ts";

/** What the page has its training worker do. */
export type Asked =
  | {
      do: "open";
      settings: TrainingSettings;
      /** [pictures × 784], 0 to 255: to train on, then to validate on. */
      pictures: Uint8Array<ArrayBuffer>;
      /** [watched × 784], 0 to 255: the digits that every frame rebuilds. */
      watched: Uint8Array<ArrayBuffer>;
      /** What it begins from where that is not drawn from the seed. */
      start: TrainedStart | undefined;
      /** The reader's drawing, [784], 0 to 255, where it is trained on. */
      drawing: Uint8Array<ArrayBuffer> | undefined;
      /** Workers that share each batch. */
      workers: number;
      engine: EngineName;
      /** Also on a program that stands in for a GPU. */
      software: boolean;
      /** The state of an earlier visit, to go on from. */
      state?: Uint8Array<ArrayBuffer> | undefined;
    }
  /** Instead of a training: whether an engine computes rightly here, and how fast. */
  | { do: "probe"; engine: EngineName; software: boolean; workers: number; batchSize: number }
  | { do: "run" | "pause" | "step" | "slow step" | "epoch" }
  /** On to a step that lies ahead. */
  | { do: "step to"; step: number }
  /** From the beginning: the same initial weights for the same seed. */
  | { do: "begin"; settings: TrainingSettings }
  /** From where it stands, with these settings. */
  | { do: "change"; settings: TrainingSettings }
  /** From an earlier step: the batches between the state that is kept before it and this step are taken again. */
  | { do: "goOnFrom"; step: number }
  /** New weights for the decoder; the encoder keeps its own. */
  | { do: "redraw" }
  /** When a run pauses by itself. */
  | { do: "pause by itself"; at: PauseAt }
  /** Which watched digit the numbers of all layers are kept of; undefined for none. */
  | { do: "open inside"; digit: number | undefined }
  /** What the decoder paints from a code, answered between two batches; of questions that wait only the newest is answered. */
  | { do: "decode"; code: number[] }
  /** The state as it stands, in a checkpoint's bytes. */
  | { do: "save"; id: number }
  /** What was trained, as files in a zip. */
  | { do: "export"; id: number };

/** What is done between two batches of a run, which goes on. All else that is asked moves the training, and ends a run. */
const interruptions = new Set<Asked["do"]>(["change", "open inside", "save", "export", "redraw"]);
export const interrupts = (asked: Asked): boolean => interruptions.has(asked.do);

/** When a run pauses by itself: pressed again, it goes on. */
export const pauses = ["never", "100 steps", "epoch", "black", "sharp"] as const;
export type PauseAt = (typeof pauses)[number];

/** Validation MSE below which the digits are sharp. */
export const sharp = 0.03;

/** A worker that computes shards for the training worker is told what it is before anything else. */
export type AskedOfReplica = { replica: ReplicaOf } | ReplicaRequest;
export type ToldByReplica = ReplicaAnswer | { failed: string };

/** What is needed beside the losses to judge them, over the validation images. */
export interface Baselines {
  /** MSE of a black picture, of one that is the mean training pixel everywhere, and of the mean training picture. */
  black: number;
  grey: number;
  meanImage: number;
  /** logit(mean pixel of the training images): where the output bias starts well. */
  meanPixelLogit: number;
}

/** One step, for the lines. */
export interface StepTold {
  step: number;
  /** Of the batch, before the step. */
  loss: number;
  gradientNorm: number;
}

/** What the figures show of one step. */
export interface Frame {
  step: number;
  /** Loss of the step that led here; NaN before the first. */
  loss: number;
  gradientNorm: number;
  /** Of the gradient of that step by layer, in the order of `filmLayers`; empty before the first. */
  norms: Float32Array;
  /** [watched × 784], 0 to 255 */
  pictures: Uint8Array;
  /** MSE over the watched digits, and their mean pixel. */
  mse: number;
  meanOutput: number;
  /** Counts of the sums that enter the sigmoid by bin (`filmBins`), and their means. */
  ink: Int32Array;
  black: Int32Array;
  inkMean: number;
  blackMean: number;
  /** 1 for each map before the last layer that is above 0 somewhere. */
  live: Uint8Array;
  /** [watched × latent] */
  codes: Float32Array;
  /** The kernels of the first convolution, [rows × columns × filters], and of the last one. */
  kernels: { first: Float32Array; last: Float32Array };
  /** With a code of two numbers: [validation digits × 2], those of the plane. */
  plane?: Float32Array;
  /** The numbers of all layers for the digit that is looked into: each a byte of its layer's range. */
  inside?: { digit: number; bytes: Uint8Array; least: Float32Array; greatest: Float32Array };
}

/** A code, and the picture that the decoder paints from it after a step: [784] bytes. */
export interface Decoded {
  code: number[];
  step: number;
  picture: Uint8Array;
}

/** One step looked at closely: the output layer's kernel, [rows × columns × maps], and the first watched digit, [784]. */
export interface SlowStep {
  step: number;
  /** Steps that the optimizer remembers, this one among them. */
  remembered: number;
  /** Of the batch, before the step. */
  loss: number;
  layer: string;
  optimizer: Recipe["optimizer"];
  /** The weights before and after, and the loss's gradient by each. */
  before: Float32Array;
  gradient: Float32Array;
  after: Float32Array;
  /** Adam's moments after the step. */
  m?: Float32Array;
  v?: Float32Array;
  digit: Float32Array;
  outputBefore: Float32Array;
  outputAfter: Float32Array;
}

/** What a training worker tells the page. */
export type Told =
  | { tell: "opened"; baselines: Baselines; workers: number }
  | ({ tell: "step"; epoch: number; batch: number; batches: number; imagesPerSecond: number } & StepTold)
  | { tell: "frame"; frame: Frame }
  | { tell: "epoch"; epoch: number; step: number; loss: number; valLoss: number; seconds: number }
  /** The detector's verdict: 50 batches in a row without gradient, one picture for every digit. */
  | { tell: "collapsed"; step: number }
  /** Where it stands, after everything that was asked: with so many `moves` done, where one has just ended. */
  | { tell: "stands"; step: number; running: boolean; settings: TrainingSettings; moves?: number | undefined }
  | { tell: "began"; step: number; settings: TrainingSettings; spec: AutoencoderSpec }
  /** Validation MSE of the trained weights that it begins from, over so many pictures. */
  | { tell: "start measured"; mse: number; pictures: number }
  | { tell: "slow"; slow: SlowStep }
  | { tell: "decoded"; decoded: Decoded }
  | { tell: "saved" | "exported"; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { tell: "not exported"; id: number; sentence: string }
  | { tell: "probed"; device: string; imagesPerSecond: number }
  | { tell: "problem"; code: "diverged" | "start" | "lost" | "memory"; sentence: string };
