/** What a reader decides about a training in the page; all else is the assignment's. */
export interface TrainingSettings {
  learningRate: number;
  batchSize: number;
  /** Numbers of the code. */
  latent: number;
  /** Filters of the first convolution. The second has twice as many, and the decoder mirrors both. */
  filters: number;
  /** Pictures to train on. */
  images: number;
  /** By Keras's short names. */
  loss: "mse" | "bce";
  optimizer: "adam" | "sgd";
  /** At which the output layer's bias starts, or to which it is set. */
  outputBias: number;
  /** Of weights and shuffling. */
  seed: number;
  /** The weights that it begins from: drawn from the seed, or those of the committed run of the same network. */
  start: "random" | "trained";
  /** Whether the reader's drawing is only watched, or stands among the pictures that are trained on. */
  drawing: "watch" | "train";
}

/** What each setting can be, for the page's controls and for what an address asks. */
export const choices = {
  learningRate: [0.0001, 0.0003, 0.001, 0.002, 0.003, 0.01, 0.03, 0.1],
  batchSize: [16, 32, 64, 128, 256],
  latent: [2, 8, 16, 32, 64, 128],
  filters: [8, 16, 32],
  images: [4000, 18_000, 54_000],
  loss: ["mse", "bce"],
  optimizer: ["adam", "sgd"],
  start: ["random", "trained"],
  drawing: ["watch", "train"],
} as const;

/** Where the output bias can be set. */
export const biasRange = { from: -4, to: 1, step: 0.05 } as const;

/** The nearest value at which the output bias can be set. */
export function settableBias(value: number): number {
  const { from, to, step } = biasRange;
  return Number((Math.round(Math.min(to, Math.max(from, value)) / step) * step).toFixed(2));
}

/** Seeds that dice can throw: those that an address names shortly. */
export const mostSeed = 9999;

/** Pictures that it is measured on: those that follow in MNIST's training file. With 54,000 they are the trainer's own. */
const validation: Readonly<Record<number, number>> = { 4000: 1000, 18000: 2000, 54000: 6000 };

/** How many pictures a training in the page trains on, and how many it is measured on. */
export function picturesOf({ images }: Pick<TrainingSettings, "images">): { train: number; validation: number } {
  return { train: images, validation: validation[images] as number };
}

/** Where the reader's drawing is trained on, one picture in so many is the drawing. */
const drawingShare = 20;

/** The training pictures in whose place the drawing then stands, from the first to before the last: so many as ever are trained on. */
export function drawingPlaces(settings: Pick<TrainingSettings, "images">): { from: number; to: number } {
  const { train } = picturesOf(settings);
  return { from: train - train / drawingShare, to: train };
}

/** The settings of the assignment, with its cure: the logit of the mean pixel, as the committed run has it. */
export const assignmentSettings: TrainingSettings = {
  learningRate: 0.001,
  batchSize: 128,
  latent: 64,
  filters: 32,
  images: 4000,
  loss: "mse",
  optimizer: "adam",
  outputBias: -1.9,
  seed: 3,
  start: "random",
  drawing: "watch",
};

/** What is of the network, of what it starts from and of its pictures. */
const lasting = ["latent", "filters", "images", "seed", "start", "drawing"] as const;

/** Whether a training with these settings can go on with those: the network is the same, and so is what it starts from. */
export function canGoOn(from: TrainingSettings, to: TrainingSettings): boolean {
  return lasting.every((setting) => from[setting] === to[setting]);
}

/** The weights of a published run, to begin a training from. */
export interface TrainedStart {
  run: string;
  /** The files of the run that they were read from. */
  files: readonly { path: string; sha256: string }[];
  /** Flat, in layer order. */
  weights: Float32Array<ArrayBuffer>;
}

/** The settings of a training at its first step: trained weights bring their own output bias. */
export function withOwnBias(settings: TrainingSettings, start: TrainedStart | undefined): TrainingSettings {
  const own = settings.start === "trained" ? start?.weights.at(-1) : undefined;
  return own === undefined ? settings : { ...settings, outputBias: Number(own.toFixed(2)) };
}

/** Validation digits on the plane of a code of two: the first ones. */
export const planeDigits = 300;
