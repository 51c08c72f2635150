import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../network/shapes.ts";
import type { EpochRecord } from "../run/run.ts";
import type { NamedWeights } from "../run/weight-files.ts";
import { type Autoencoder, buildAutoencoder } from "./build.ts";
import { CollapseDetector, collapseRule, explainCollapse, greatestDeviation } from "./collapse.ts";
import { compiled } from "./compile.ts";
import type { DataParallel } from "./data-parallel/data-parallel.ts";
import { earlyStop } from "./early-stopping.ts";
import { DivergedError, type TrainingEvent } from "./events.ts";
import { lossAndGradient } from "./gradient.ts";
import { freshWeights } from "./initialize.ts";
import { lossFunctions } from "./losses.ts";
import { Optimizer } from "./optimizer.ts";
import { predict } from "./predict.ts";
import type { Recipe } from "./recipes/index.ts";
import { learningRateAt } from "./schedule.ts";
import { freshProgress, type Progress, type StartingState, type TrainingState } from "./state.ts";
import { setWeights, trainableVariables } from "./weights.ts";

/** The images of a run. A picture is [height, width, channels] with values in [0, 1]. */
export interface TrainingImages {
  /** Images to train on: numbers 0 to train − 1. */
  train: number;
  /** Images to validate on: numbers train to train + validation − 1. */
  validation: number;
  /** The order in which an epoch (from 1) shows the training images: a pure function of its number. */
  order(epoch: number): Uint32Array;
  /** The pictures of these numbers, one after the other: [indices.length, height, width, channels] flat. */
  gather(indices: Uint32Array): Float32Array;
}

/** What the loop takes from the world around it. */
export interface Surroundings {
  /** Seconds on a clock that only runs forwards. */
  clock: () => number;
  /** Resident memory in bytes, 0 where it cannot be known. */
  residentBytes: () => number;
}

/** How a run starts: fresh from its seed, or from a checkpoint; and where its batches are computed. */
export interface TrainerOptions {
  recipe: Recipe;
  /** Uniform in [0, 1), seeded: the initial weights are drawn from it in layer order. */
  random: () => number;
  /** Where the output layer's bias starts. */
  outputBias: number;
  /** The time now, ISO 8601; a checkpoint keeps the time at which its run began. */
  now: string;
  state?: StartingState | undefined;
  /** The workers that compute batches and validation; without them this thread does, a batch in one piece. */
  parallel?: DataParallel | undefined;
}

/** One network in training, on whatever tfjs backend is active. */
export class Trainer {
  readonly models: Autoencoder;
  readonly progress: Progress;
  /** Loss of every batch so far. */
  readonly losses: number[];
  private readonly recipe: Recipe;
  private readonly variables: tf.Variable[];
  private readonly optimizer: Optimizer;
  private readonly imageShape: number[];
  private readonly detector: CollapseDetector;
  private readonly update: (batch: tf.Tensor, ...numbers: tf.Scalar[]) => tf.Tensor;
  private readonly parallel: DataParallel | undefined;
  private stopping = false;

  constructor({ recipe, random, outputBias, now, state, parallel }: TrainerOptions) {
    this.recipe = recipe;
    this.models = buildAutoencoder(recipe.spec);
    const fresh = freshWeights(recipe.spec, { random, outputBias });
    setWeights(this.models.autoencoder, state ? unflatten(state.weights, fresh) : fresh);
    this.variables = trainableVariables(this.models.autoencoder);
    this.optimizer = new Optimizer(this.variables, recipe.optimizer, state?.slots);
    this.progress = state ? structuredClone(state.progress) : freshProgress(now);
    this.losses = [...(state?.losses ?? [])];
    this.imageShape = this.models.autoencoder.inputs[0]?.shape.slice(1) as number[];
    this.detector = new CollapseDetector(this.progress.collapsedBatches);
    this.update = compiled("training step", (batch: tf.Tensor, ...numbers: tf.Scalar[]) =>
      this.moveWeights(batch, numbers),
    );
    this.parallel = parallel;
  }

  /** Finish the batch that is under way and end. */
  stop(): void {
    this.stopping = true;
  }

  /** The state to write into a checkpoint, between two events. */
  async state(fingerprint: string): Promise<TrainingState> {
    const { progress, losses } = this;
    return { fingerprint, progress: structuredClone(progress), losses: [...losses], ...(await this.optimizer.read()) };
  }

  /** Trains until the recipe's last epoch, `stop()`, or a collapse where the recipe stops at one. @throws DivergedError */
  async *train(images: TrainingImages, surroundings: Surroundings): AsyncGenerator<TrainingEvent, void> {
    const { progress, recipe } = this;
    // A checkpoint may be of the batch at which the run was stopped for its collapse.
    if (progress.collapse && recipe.onCollapse === "stop") return yield { kind: "end", reason: "collapsed" };
    while (progress.epoch < recipe.epochs) {
      const early = earlyStop(progress.history, recipe.earlyStopping);
      if (early) {
        yield { kind: "earlyStop", ...early };
        break;
      }
      for await (const event of this.trainEpoch(images, surroundings)) {
        yield event;
        if (event.kind === "collapse" && recipe.onCollapse === "stop")
          return yield { kind: "end", reason: "collapsed" };
      }
      const epochDone = progress.batch === this.batches(images);
      if (epochDone) yield { kind: "epoch", record: await this.closeEpoch(images, surroundings) };
      if (this.stopping && progress.epoch < recipe.epochs) return yield { kind: "end", reason: "interrupted" };
    }
    yield { kind: "end", reason: this.detector.collapsed ? "collapsed" : "complete" };
  }

  dispose(): void {
    this.optimizer.dispose();
    this.models.autoencoder.dispose();
  }

  private batches({ train }: TrainingImages): number {
    return Math.ceil(train / this.recipe.batchSize);
  }

  private async *trainEpoch(images: TrainingImages, { clock }: Surroundings): AsyncGenerator<TrainingEvent, void> {
    const { progress } = this;
    const { batchSize } = this.recipe;
    const batches = this.batches(images);
    const order = images.order(progress.epoch + 1);
    const probe = images.gather(probeOf(images));
    while (progress.batch < batches) {
      const started = clock();
      const start = progress.batch * batchSize;
      const indices = order.subarray(start, Math.min(start + batchSize, order.length));
      const { loss, gradientNorm } = await this.step(images.gather(indices), batches);
      const at = { epoch: progress.epoch + 1, batch: progress.batch + 1 };
      if (!Number.isFinite(loss)) throw new DivergedError(at.epoch, at.batch, loss);
      progress.batch += 1;
      progress.lossSum += loss * indices.length;
      progress.imagesSeen += indices.length;
      this.losses.push(loss);
      const collapsed = await this.looksCollapsed(gradientNorm, probe);
      const seconds = clock() - started;
      progress.epochSeconds += seconds;
      progress.seconds += seconds;
      const runningLoss = progress.lossSum / progress.imagesSeen;
      const { epochSeconds } = progress;
      const imagesPerSecond = progress.imagesSeen / epochSeconds;
      // Known before the batch is told: a checkpoint that is taken there counts the batch.
      if (collapsed) progress.collapse = { ...at, explanation: explainCollapse(at.epoch, at.batch) };
      yield { kind: "batch", ...at, batches, loss, runningLoss, gradientNorm, imagesPerSecond, epochSeconds };
      if (collapsed && progress.collapse) yield { kind: "collapse", ...progress.collapse };
      if (this.stopping) return;
    }
  }

  /** One step of the optimizer on a batch. @param pixels [count, height, width, channels] flat @param perEpoch batches */
  private async step(pixels: Float32Array, perEpoch: number): Promise<{ loss: number; gradientNorm: number }> {
    if (this.parallel) return this.parallelStep(pixels, perEpoch, this.parallel);
    this.progress.step += 1;
    const measured = tf.tidy(() => {
      const batch = tf.tensor(pixels, [pixels.length / sizeOf(this.imageShape), ...this.imageShape]);
      return this.update(batch, ...this.numbers(perEpoch));
    });
    const [loss, gradientNorm] = await measured.data();
    measured.dispose();
    return { loss: loss as number, gradientNorm: gradientNorm as number };
  }

  /** @returns [loss before the step, Euclidean norm of the gradient of all weights] */
  private moveWeights(batch: tf.Tensor, numbers: readonly tf.Scalar[]): tf.Tensor {
    const { loss, gradient } = lossAndGradient(this.models.autoencoder, batch, this.recipe.loss);
    this.optimizer.apply(gradient, numbers);
    return tf.stack([loss, tf.sqrt(tf.sum(tf.square(gradient)))]); // tf.norm takes a power of each
  }

  /** What the optimizer takes of the step that is under way. */
  private numbers(perEpoch: number): tf.Scalar[] {
    const { recipe } = this;
    const { step, optimizerFrom = 0 } = this.progress;
    return this.optimizer.numbers(
      step - optimizerFrom,
      learningRateAt(recipe, step, { perEpoch, epochs: recipe.epochs }),
    );
  }

  /** The same with the batch on workers. Nothing of the state has changed until all of them have answered. */
  private async parallelStep(pixels: Float32Array, perEpoch: number, parallel: DataParallel) {
    const { loss, gradient } = await parallel.gradient(await this.optimizer.readWeights(), pixels);
    this.progress.step += 1;
    tf.tidy(() => this.optimizer.apply(tf.tensor1d(gradient), this.numbers(perEpoch)));
    return { loss, gradientNorm: norm(gradient) };
  }

  /** True at the batch at which the run is found to have collapsed. */
  private async looksCollapsed(gradientNorm: number, probe: Float32Array): Promise<boolean> {
    const { detector } = this;
    let found = false;
    if (detector.suspects(gradientNorm)) {
      const outputs = await predict(this.models.autoencoder, probe);
      found = detector.observe(greatestDeviation(outputs, outputs.length / sizeOf(this.imageShape)));
    }
    this.progress.collapsedBatches = detector.batches;
    return found;
  }

  private async closeEpoch(images: TrainingImages, { clock, residentBytes }: Surroundings): Promise<EpochRecord> {
    const { progress } = this;
    const started = clock();
    const valLoss = await this.validationLoss(images);
    const seconds = clock() - started;
    progress.seconds += seconds;
    progress.epochSeconds += seconds;
    progress.epoch += 1;
    const record: EpochRecord = {
      epoch: progress.epoch,
      loss: progress.lossSum / progress.imagesSeen,
      valLoss,
      seconds: progress.epochSeconds,
      imagesPerSecond: progress.imagesSeen / progress.epochSeconds,
      residentBytes: residentBytes(),
    };
    progress.history.push(record);
    Object.assign(progress, { batch: 0, lossSum: 0, imagesSeen: 0, epochSeconds: 0 });
    return record;
  }

  private async validationLoss({ train, validation, gather }: TrainingImages): Promise<number | null> {
    if (validation === 0) return null;
    const pixels = gather(range(train, validation));
    const outputs = this.parallel
      ? await this.parallel.predict(await this.optimizer.readWeights(), pixels)
      : await predict(this.models.autoencoder, pixels);
    return lossFunctions[this.recipe.loss].ofPixels(outputs, pixels);
  }
}

/** The images at which a suspected collapse is looked at: the first validation images, or the first of all. */
function probeOf({ train, validation }: TrainingImages): Uint32Array {
  const { probeImages } = collapseRule;
  return validation > 0 ? range(train, Math.min(probeImages, validation)) : range(0, Math.min(probeImages, train));
}

function range(start: number, length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, index) => start + index);
}

/** A flat vector cut into weights like `like`. @throws Error when it is not as long as they are together. */
export function unflatten(flat: Float32Array, like: NamedWeights): NamedWeights {
  const length = like.reduce((sum, { data }) => sum + data.length, 0);
  if (flat.length !== length) throw new Error(`checkpoint: expected ${length} weights but got ${flat.length}`);
  let offset = 0;
  return like.map((weight) => {
    const data = flat.slice(offset, offset + weight.data.length);
    offset += weight.data.length;
    return { ...weight, data };
  });
}

/** Euclidean norm. */
function norm(values: Float32Array): number {
  let squares = 0;
  // By index: over half a million values an iterator takes 11 ms where this takes 1.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    squares += value * value;
  }
  return Math.sqrt(squares);
}
