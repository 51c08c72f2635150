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
} as const;

/** Where the output bias can be set. */
export const biasRange = { from: -4, to: 1, step: 0.05 } as const;

/** Seeds that dice can throw: those that an address names shortly. */
export const mostSeed = 9999;

/** Pictures that it is measured on: those that follow in MNIST's training file. With 54,000 they are the trainer's own. */
const validation: Readonly<Record<number, number>> = { 4000: 1000, 18000: 2000, 54000: 6000 };

/** How many pictures a training in the page trains on, and how many it is measured on. */
export function picturesOf({ images }: Pick<TrainingSettings, "images">): { train: number; validation: number } {
  return { train: images, validation: validation[images] as number };
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
};

/** Whether a training with these settings can go on with those: the network is the same, and so is what it starts from. */
export function canGoOn(from: TrainingSettings, to: TrainingSettings): boolean {
  return (["latent", "filters", "images", "seed"] as const).every((setting) => from[setting] === to[setting]);
}

/** Validation digits on the plane of a code of two: the first ones. */
export const planeDigits = 300;
