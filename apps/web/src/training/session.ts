import { createRandom, epochOrder, ImageSet, mnistChecksums } from "@autoencoder/data";
import {
  type AutoencoderSpec,
  greyByte,
  type LayerSpec,
  layerValues,
  mapLayersOf,
  meanSquaredError,
} from "@autoencoder/model";
import { DataParallel, type ReplicaOf, type TrainingWorker } from "@autoencoder/model/data-parallel";
import { layerNorms, sumsFrame } from "@autoencoder/model/film";
import type { writeKeras } from "@autoencoder/model/keras";
import type { PageTraining } from "@autoencoder/model/run";
import { type Autoencoder, activations, freshWeights, getWeights, logit, writeModel } from "@autoencoder/model/tfjs";
import {
  predict,
  readState,
  type StartingState,
  Trainer,
  type TrainingImages,
  writeState,
} from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { sha256 } from "../network/sha256.ts";
import { type Course, changesTo, readCourse, writeCourse } from "./changes.ts";
import { isFrameStep, isStateStep, mostStates } from "./kept-steps.ts";
import { type Asked, type Baselines, type Frame, type PauseAt, type SlowStep, sharp, type Told } from "./messages.ts";
import { recipeOf } from "./recipe.ts";
import {
  canGoOn,
  drawingPlaces,
  picturesOf,
  planeDigits,
  type TrainedStart,
  type TrainingSettings,
  withOwnBias,
} from "./settings.ts";

/** Parts of a batch, as the trainer has them: they decide the last bits of the weights, so page and trainer agree. */
export const shards = 4;

/** Steps between two looks at the plane, which cost a pass of its digits. */
const planeEvery = 4;
const side = 28;

/** Validation pictures over which trained weights are measured before the first step: more would keep the reader waiting. */
const measuredAtStart = 1000;

/** What a session takes from the world around it. */
export interface SessionWorld {
  /** Seconds on a clock that only runs forwards. */
  clock(): number;
  /** The time now, ISO 8601. */
  now(): string;
  tell(message: Told, transfer?: readonly ArrayBufferView[]): void;
  /** Replicas among which each batch is divided. */
  openReplicas(of: ReplicaOf): readonly TrainingWorker[];
  /** Parts of a batch, where they are not to be those of the trainer. */
  shards?: number;
  /** Lets what was asked meanwhile come in. */
  breathe(): Promise<void>;
  /** Loads what writes Keras's files. @throws Error where it does not load */
  keras(): typeof writeKeras;
}

type Opening = Extract<Asked, { do: "open" }>;

/** A state that can be gone on from, with the settings that held from there. */
interface Kept {
  step: number;
  settings: TrainingSettings;
  state: StartingState;
}

/** A training in the page: the trainer's own loop, batch by batch as it is asked for, and what the figures show of it. */
export class TrainingSession {
  private readonly pictures: ImageSet;
  private readonly watched: Float32Array;
  private readonly plane: Float32Array;
  private settings: TrainingSettings;
  private course!: Course;
  private trainer!: Trainer;
  private parallel!: WatchedGradient;
  private replicasOf = "";
  private events!: ReturnType<Trainer["train"]>;
  private states: Kept[] = [];
  private running = false;
  private pausing = false;
  private pauseAt: PauseAt = "never";
  private inside: number | undefined;
  private toldCollapse = false;
  private wished: number[] | undefined;
  private interruptions: (() => Promise<void>)[] = [];
  private last = { loss: Number.NaN, gradientNorm: Number.NaN };
  private readonly start: TrainedStart | undefined;
  private readonly drawing: Uint8Array | undefined;
  private startMse: number | undefined;

  constructor(
    private readonly world: SessionWorld,
    {
      settings,
      pictures,
      watched,
      start,
      drawing,
    }: Pick<Opening, "settings" | "pictures" | "watched"> & Partial<Pick<Opening, "start" | "drawing">>,
  ) {
    if (settings.drawing === "train") placeDrawing(pictures, drawing, settings);
    this.start = start;
    this.drawing = drawing;
    const count = pictures.length / side ** 2;
    this.pictures = new ImageSet({ count, rows: side, columns: side, pixels: pictures }, new Uint8Array(count));
    this.watched = Float32Array.from(watched, (byte) => byte / 255);
    this.settings = settings;
    const { train } = picturesOf(settings);
    this.plane = this.pictures.floats(train, train + planeDigits);
  }

  /** What a loss is to be compared with. */
  baselines(): Baselines {
    const { train, validation } = picturesOf(this.settings);
    const size = side ** 2;
    const mean = new Float64Array(size);
    for (const [at, byte] of this.pictures.bytes(0, train).entries())
      mean[at % size] = (mean[at % size] as number) + byte;
    for (let at = 0; at < size; at++) mean[at] = (mean[at] as number) / train / 255;
    const meanPixel = mean.reduce((sum, value) => sum + value, 0) / size;
    const sums = { black: 0, grey: 0, meanImage: 0 };
    for (const [at, byte] of this.pictures.bytes(train, train + validation).entries()) {
      sums.black += (byte / 255) ** 2;
      sums.grey += (byte / 255 - meanPixel) ** 2;
      sums.meanImage += (byte / 255 - (mean[at % size] as number)) ** 2;
    }
    const pixels = validation * size;
    return {
      black: sums.black / pixels,
      grey: sums.grey / pixels,
      meanImage: sums.meanImage / pixels,
      meanPixelLogit: logit(meanPixel),
    };
  }

  /** From the initial weights of these settings, or from a checkpoint's bytes. @throws Error where these weights do not fit */
  async begin(settings: TrainingSettings, checkpoint?: Uint8Array): Promise<void> {
    this.states = [];
    this.last = { loss: Number.NaN, gradientNorm: Number.NaN };
    const state = checkpoint && readState(checkpoint);
    const begun = state ? asBegun(settings, readCourse(state.fingerprint, settings)) : settings;
    await this.buildStart(withOwnBias(begun, this.start));
    if (state) {
      await this.tellFrame(); // what was before the first step, to compare with
      this.build(settings, state);
    }
    this.tellBegun();
    await this.keepState();
    await this.tellFrame();
    await this.measureStart();
  }

  get step(): number {
    return this.trainer.progress.step;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** One step, with what it does to the weights of the output layer and to the first watched digit. */
  async slowStep(): Promise<void> {
    const size = side ** 2;
    const digit = this.watched.slice(0, size);
    const painted = () => predict(this.trainer.models.autoencoder, digit);
    const [before, outputBefore] = [await this.read(), await painted()];
    await this.run({ steps: 1 });
    const [after, outputAfter] = [await this.read(), await painted()];
    const { gradientOfStep } = this.parallel;
    if (!gradientOfStep || after.progress.step === before.progress.step) return;
    const { optimizer, spec } = recipeOf(this.settings);
    const output = spec.decoder.layers.at(-1) as Extract<LayerSpec, { className: "Conv2D" }>;
    const kernel = (await kernelOf(this.trainer.models.decoder.trainableWeights.at(-2))).length;
    // The output layer's weights are the last of all: its kernel, and its bias.
    const ownOf = (all: Float32Array) => all.slice(all.length - kernel - output.filters, all.length - output.filters);
    const { m, v } = after.slots as Partial<Record<"m" | "v", Float32Array>>;
    const slow: SlowStep = {
      step: after.progress.step,
      remembered: after.progress.step - (after.progress.optimizerFrom ?? 0),
      loss: this.last.loss,
      layer: output.name,
      optimizer,
      before: ownOf(before.weights),
      gradient: ownOf(gradientOfStep),
      after: ownOf(after.weights),
      ...(m && v && { m: ownOf(m), v: ownOf(v) }),
      digit,
      outputBefore: Float32Array.from(outputBefore),
      outputAfter: Float32Array.from(outputAfter),
    };
    this.world.tell({ tell: "slow", slow });
  }

  pauseByItself(at: PauseAt): void {
    this.pauseAt = at;
  }

  /** Ends `run` after the batch that is under way. */
  pause(): void {
    this.pausing = true;
  }

  /** Trains until `pause`, for a number of steps, or to the end of the epoch. @throws DivergedError */
  async run(until: { steps: number } | "epoch end" | "paused"): Promise<void> {
    this.pausing = false;
    this.running = true;
    this.tellWhereItStands(true);
    try {
      let left = typeof until === "object" ? until.steps : Number.POSITIVE_INFINITY;
      while (left > 0 && !this.pausing) {
        const died = this.toldCollapse;
        const epochEnded = await this.takeStep();
        left -= 1;
        await this.answerDecode();
        if (this.interruptions.length > 0) {
          await this.parallel.doMeanwhile();
          await this.doInterruptions();
          this.tellWhereItStands(true);
        }
        if (epochEnded && until === "epoch end") break;
        if (until === "paused" && this.pausesHere({ epochEnded, died: this.toldCollapse && !died })) break;
        await this.world.breathe();
      }
      await this.parallel.doMeanwhile();
    } finally {
      this.running = false;
    }
  }

  /** Something to do between two batches; where none are taken, `doInterruptions` does it. */
  interrupt(work: () => Promise<void>): void {
    this.interruptions.push(work);
  }

  async doInterruptions(): Promise<void> {
    for (let work = this.interruptions.shift(); work; work = this.interruptions.shift()) await work();
  }

  /** Goes on with other settings; the network has to be the same. */
  async change(settings: TrainingSettings): Promise<void> {
    if (!canGoOn(this.settings, settings)) return this.begin(settings);
    const state = await this.hopeful();
    const { progress } = state;
    state.fingerprint = this.fingerprintWith(changesTo(this.settings, settings));
    if (settings.optimizer !== this.settings.optimizer) {
      delete state.slots;
      progress.optimizerFrom = progress.step;
    }
    // The batches of an epoch have another size: it begins anew.
    if (settings.batchSize !== this.settings.batchSize)
      Object.assign(progress, { batch: 0, lossSum: 0, imagesSeen: 0, epochSeconds: 0 });
    if (settings.outputBias !== this.settings.outputBias) state.weights[state.weights.length - 1] = settings.outputBias;
    await this.goOnWith(settings, state);
  }

  /** Gives the decoder new weights, as a fresh network would have them; the encoder keeps what it has. */
  async redraw(): Promise<void> {
    const state = await this.hopeful();
    state.fingerprint = this.fingerprintWith(["the decoder’s weights drawn anew"]);
    const { spec } = recipeOf(this.settings);
    const random = createRandom(this.settings.seed, redrawing, this.step);
    const drawn = freshWeights(spec, { random: () => random.next(), outputBias: this.settings.outputBias });
    const decoder = new Set(spec.decoder.layers.map(({ name }) => name));
    let at = 0;
    for (const { name, data } of drawn) {
      if (decoder.has(name.split("/")[0] as string)) state.weights.set(data, at);
      at += data.length;
    }
    await this.goOnWith(this.settings, state);
  }

  /** Back to a step, or on to it: from the kept state before it the same batches are taken again. */
  async goOnFrom(step: number): Promise<void> {
    const kept = this.states.findLast((one) => one.step <= step);
    if (!kept) return this.begin(asBegun(this.settings, this.course));
    this.states = this.states.filter((one) => one.step <= kept.step);
    this.build(kept.settings, structuredClone(kept.state));
    this.tellBegun();
    await this.tellFrame();
    if (step > kept.step) await this.run({ steps: step - kept.step });
  }

  /** Asks for the picture of a code; the next `answerDecode` gives it. */
  wishDecode(code: number[]): void {
    this.wished = code;
  }

  async answerDecode(): Promise<void> {
    const code = this.wished;
    this.wished = undefined;
    if (!code || code.length !== this.settings.latent) return;
    const picture = Uint8Array.from(await predict(this.trainer.models.decoder, Float32Array.from(code)), greyByte);
    this.world.tell({ tell: "decoded", decoded: { code, step: this.step, picture } }, [picture]);
  }

  /** Which watched digit the frames from now on keep all numbers of. */
  async lookInside(digit: number | undefined): Promise<void> {
    this.inside = digit;
    if (digit !== undefined) await this.tellFrame();
  }

  /** The state as it stands, in a checkpoint's bytes. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.from(writeState(await this.trainer.state(this.fingerprintWith([]))));
  }

  /**
   * What was trained, as files by path: for TensorFlow.js and for Keras, and the state with what the trainer needs to go on with
   * it (`--from`).
   * @throws Error where what writes Keras's files does not load
   */
  async exported(browser: string): Promise<Record<string, Uint8Array>> {
    const writeKeras = this.world.keras();
    const { models, progress } = this.trainer;
    // A GPU is awaited here; what follows reads what came.
    await Promise.all(models.autoencoder.weights.map((weight) => weight.read().data()));
    const { step, optimizerFrom = 0, history } = progress;
    const recipe = recipeOf(this.settings);
    const { outputBias, changes } = this.course;
    const weights = getWeights(models.autoencoder);
    const { slots } = await this.trainer.state("");
    const training = { ...recipe, slots, step: step - optimizerFrom };
    const files: Record<string, Uint8Array> = {};
    for (const part of ["encoder", "decoder", "autoencoder"] as const) {
      const { modelJson, weightsBin } = writeModel(models[part]);
      files[`${part}/model.json`] = text(modelJson);
      files[`${part}/weights.bin`] = weightsBin;
      files[`${part}_model.keras`] = await writeKeras(recipe.spec, part, {
        weights,
        outputBias,
        training,
        savedAt: this.world.now(),
      });
    }
    const rows = history.map(({ epoch, loss, valLoss }) => `${epoch},${loss},${valLoss ?? ""}\n`);
    const images = "train-images-idx3-ubyte";
    const drawing = this.settings.drawing === "train" && this.drawing && idxOf(this.drawing);
    const described: PageTraining = {
      formatVersion: 1,
      recipe,
      outputBias,
      files: [{ name: images, sha256: mnistChecksums[images] as string }],
      shards: this.world.shards ?? shards,
      page: {
        browser,
        steps: step,
        ...(changes.length > 0 && { changes: [...changes] }),
        ...(this.settings.start === "trained" &&
          this.start && { start: { run: this.start.run, files: [...this.start.files] } }),
        ...(drawing && {
          drawing: { ...drawingPlaces(this.settings), path: drawingFile, sha256: await sha256(drawing) },
        }),
      },
    };
    return {
      ...files,
      "history.csv": text(`epoch,loss,val_loss\n${rows.join("")}`),
      "training.json": text(`${JSON.stringify(described, null, 2)}\n`),
      "checkpoint.safetensors": await this.save(),
      ...(drawing && { [drawingFile]: drawing }),
    };
  }

  async close(): Promise<void> {
    await this.parallel.close();
    this.trainer.dispose();
  }

  /**
   * @param running whether it trains, or will go on at once
   * @param moves how many of those that were asked are done
   */
  tellWhereItStands(running: boolean, moves?: number): void {
    this.world.tell({ tell: "stands", step: this.step, running, settings: this.settings, moves });
  }

  /** The network before its first step: its weights are drawn from the seed, or are those of a run, with an optimizer that starts anew. */
  private async buildStart(settings: TrainingSettings): Promise<void> {
    this.build(settings);
    if (settings.start === "random") return;
    const fresh = await this.read();
    const { run = "no run", weights = new Float32Array(0) } = this.start ?? {};
    if (weights.length !== fresh.weights.length)
      throw new Error(`The training begins from ${fresh.weights.length} weights but ${run} has ${weights.length}.`);
    const fingerprint = writeCourse({ outputBias: weights.at(-1) as number, changes: [] });
    this.build(settings, { ...fresh, fingerprint, weights: weights.slice() });
  }

  private async measureStart(): Promise<void> {
    if (this.settings.start === "random" || !this.start) return;
    const { train } = picturesOf(this.settings);
    const pixels = this.pictures.floats(train, train + measuredAtStart);
    this.startMse ??= meanSquaredError(await this.parallel.predict(this.start.weights, pixels), pixels);
    this.world.tell({ tell: "start measured", mse: this.startMse, pictures: measuredAtStart });
  }

  private build(settings: TrainingSettings, state?: StartingState): void {
    const before = this.trainer as Trainer | undefined;
    before?.dispose();
    this.settings = settings;
    this.course = readCourse(state?.fingerprint ?? "", settings);
    this.toldCollapse = false;
    const recipe = recipeOf(settings);
    const { spec, loss } = recipe;
    const of = JSON.stringify([spec, loss]);
    if (of !== this.replicasOf) {
      const old = this.parallel as WatchedGradient | undefined;
      void old?.close();
      this.parallel = new WatchedGradient(this.world.openReplicas({ spec, loss }), {
        spec,
        shards: this.world.shards ?? shards,
      });
      this.replicasOf = of;
    }
    const random = createRandom(settings.seed);
    this.trainer = new Trainer({
      recipe,
      random: () => random.next(),
      outputBias: settings.outputBias,
      now: this.world.now(),
      state,
      parallel: this.parallel,
    });
    this.events = this.trainer.train(this.images(), { clock: () => this.world.clock(), residentBytes: () => 0 });
  }

  private async goOnWith(settings: TrainingSettings, state: StartingState): Promise<void> {
    this.states = this.states.filter(({ step }) => step < this.step);
    this.build(settings, state);
    await this.keepState();
    this.tellBegun();
    await this.tellFrame();
  }

  private tellBegun(): void {
    const { step, settings } = this;
    this.world.tell({ tell: "began", step, settings, spec: recipeOf(settings).spec });
  }

  private read(): Promise<StartingState> {
    return this.trainer.state(this.fingerprintWith([]));
  }

  /** What a state is of, with what is changed at it. */
  private fingerprintWith(whats: readonly string[]): string {
    const { outputBias, changes } = this.course;
    return writeCourse({ outputBias, changes: [...changes, ...whats.map((what) => ({ step: this.step, what }))] });
  }

  /** The same without a verdict on it: what the reader changes may bring it back. */
  private async hopeful(): Promise<StartingState> {
    const state = await this.read();
    delete state.progress.collapse;
    state.progress.collapsedBatches = 0;
    return state;
  }

  private images(): TrainingImages {
    const { train, validation } = picturesOf(this.settings);
    const { seed } = this.settings;
    return {
      train,
      validation,
      order: (epoch) => epochOrder(train, seed, epoch),
      gather: (indices) => this.pictures.gather(indices),
    };
  }

  private pausesHere({ epochEnded, died }: { epochEnded: boolean; died: boolean }): boolean {
    switch (this.pauseAt) {
      case "never":
        return false;
      case "100 steps":
        return this.step % 100 === 0;
      case "epoch":
        return epochEnded;
      case "black":
        return died;
      case "sharp":
        return epochEnded && (this.trainer.progress.history.at(-1)?.valLoss ?? Number.POSITIVE_INFINITY) < sharp;
    }
  }

  /** One batch, and what follows it. @returns whether it was the epoch's last */
  private async takeStep(): Promise<boolean> {
    for (;;) {
      const { value: event, done } = await this.events.next();
      if (done) return true;
      if (event.kind === "batch") {
        const { epoch, batch, batches, loss, gradientNorm, imagesPerSecond } = event;
        this.last = { loss, gradientNorm };
        const { step } = this;
        this.world.tell({ tell: "step", step, epoch, batch, batches, loss, gradientNorm, imagesPerSecond });
        const { collapse } = this.trainer.progress;
        this.parallel.meanwhile = () => this.lookAt(step);
        // An epoch ends without another gradient, and a collapse is told with its pictures.
        if (batch === batches || (collapse && !this.toldCollapse)) await this.parallel.doMeanwhile();
        this.tellIfCollapsed();
        if (batch < batches) return false;
      }
      if (event.kind === "epoch") {
        const { epoch, loss, valLoss, seconds } = event.record;
        this.world.tell({
          tell: "epoch",
          epoch,
          step: this.step,
          loss: loss ?? Number.NaN,
          valLoss: valLoss ?? Number.NaN,
          seconds,
        });
        return true;
      }
      if (event.kind === "end") return true;
    }
  }

  /** What is shown and kept of a step; its weights have to stand still meanwhile. */
  private async lookAt(step: number): Promise<void> {
    if (isFrameStep(step)) await this.tellFrame();
    if (isStateStep(step)) await this.keepState();
  }

  /** The loop has its own event for it, but that comes with the next batch: the reader may have paused. */
  private tellIfCollapsed(): void {
    const { collapse } = this.trainer.progress;
    if (!collapse || this.toldCollapse) return;
    this.toldCollapse = true;
    this.world.tell({ tell: "collapsed", step: this.step });
  }

  private async keepState(): Promise<void> {
    this.states.push({ step: this.step, settings: this.settings, state: await this.read() });
    // The first one stays: it is the way back to the start.
    if (this.states.length > mostStates) this.states.splice(1, 1);
  }

  private async tellFrame(): Promise<void> {
    const frame = await this.frame();
    const { pictures, ink, black, live, codes, norms, kernels, plane, inside } = frame;
    this.world.tell({ tell: "frame", frame }, [
      pictures,
      ink,
      black,
      live,
      codes,
      norms,
      kernels.first,
      kernels.last,
      ...(plane ? [plane] : []),
      ...(inside ? [inside.bytes, inside.least, inside.greatest] : []),
    ]);
  }

  private async frame(): Promise<Frame> {
    const { models } = this.trainer;
    const { spec } = recipeOf(this.settings);
    const codes = await predict(models.encoder, this.watched);
    const { frame: sums, outputs } = await sumsFrame(models.decoder, codes, this.watched);
    const { gradientOfStep: gradient } = this.parallel;
    // Frames become rare: then each has its plane.
    const onPlane = this.settings.latent === 2 && (this.step % planeEvery === 0 || this.step > 128);
    return {
      step: this.step,
      ...this.last,
      norms: gradient && this.step > 0 ? layerNorms(spec, gradient) : new Float32Array(0),
      pictures: Uint8Array.from(outputs, greyByte),
      mse: meanSquaredError(outputs, this.watched),
      meanOutput: outputs.reduce((sum, value) => sum + value, 0) / outputs.length,
      ...sums,
      codes,
      kernels: {
        first: await kernelOf(models.encoder.trainableWeights[0]),
        last: await kernelOf(models.decoder.trainableWeights.at(-2)),
      },
      ...(onPlane && { plane: await predict(models.encoder, this.plane) }),
      ...(this.inside !== undefined && { inside: await this.numbersOf(this.inside, models, spec) }),
    };
  }

  /** The numbers of all layers for a watched digit, each a byte of its layer's range. */
  private async numbersOf(
    digit: number,
    models: Autoencoder,
    spec: AutoencoderSpec,
  ): Promise<NonNullable<Frame["inside"]>> {
    const size = side ** 2;
    const layers = mapLayersOf(spec);
    const numbers = new Float32Array(layers.reduce((sum, { values }) => sum + values, 0));
    const outputs = tf.tidy(() => {
      const pixels = this.watched.subarray(digit * size, (digit + 1) * size);
      const encoded = activations(models.encoder, tf.tensor(pixels, [1, side, side, 1]));
      const code = [...encoded.values()].at(-1) as tf.Tensor;
      const decoded = activations(models.decoder, code);
      return layers.map((layer) => encoded.get(layer.name) ?? decoded.get(layer.name));
    });
    for (const [at, output] of outputs.entries()) {
      if (output) layerValues(numbers, layers[at] as (typeof layers)[number]).set(await output.data());
    }
    tf.dispose(outputs.filter((output) => output !== undefined));
    const least = new Float32Array(layers.length);
    const greatest = new Float32Array(layers.length);
    const bytes = new Uint8Array(numbers.length);
    for (const layer of layers) {
      const values = layerValues(numbers, layer);
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      least[layer.index] = low;
      greatest[layer.index] = high;
      const range = high - low || 1;
      for (let at = 0; at < values.length; at++)
        bytes[layer.offset + at] = Math.round((255 * ((values[at] as number) - low)) / range);
    }
    return { digit, bytes, least, greatest };
  }
}

/** @param weight of a convolution: [rows, columns, maps read, maps made] */
async function kernelOf(weight: { read(): tf.Tensor } | undefined): Promise<Float32Array> {
  if (!weight) throw new Error("expected a network with a convolution at either end");
  return Float32Array.from(await weight.read().data());
}

/** The settings with the bias that the training began with. */
function asBegun(settings: TrainingSettings, { outputBias }: Course): TrainingSettings {
  return { ...settings, outputBias };
}

/** Puts the reader's drawing in the place of some pictures. @throws Error without one */
function placeDrawing(pictures: Uint8Array, drawing: Uint8Array | undefined, settings: TrainingSettings): void {
  if (drawing?.length !== side ** 2) throw new Error("The training has no drawing to train on.");
  const { from, to } = drawingPlaces(settings);
  for (let at = from; at < to; at++) pictures.set(drawing, at * drawing.length);
}

/** What a download calls the reader's drawing. */
const drawingFile = "drawing-idx3-ubyte";

/** A picture as an IDX file that holds it alone. */
function idxOf(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(16 + pixels.length);
  const view = new DataView(file.buffer);
  // Its magic says unsigned bytes in three dimensions; their lengths follow.
  for (const [at, value] of [0x803, 1, side, side].entries()) view.setUint32(4 * at, value);
  file.set(pixels, 16);
  return file;
}

/** Tells redrawn weights apart from other uses of the same seed. */
const redrawing = 2;

/**
 * Data-parallel training that keeps the gradient of its last step, for the norms by layer. While the workers compute the next
 * one, this thread looks at the step before: no weight moves until both are done.
 */
class WatchedGradient extends DataParallel {
  gradientOfStep: Float32Array | undefined;
  /** What there is to do of the step before. */
  meanwhile: (() => Promise<void>) | undefined;

  override async gradient(weights: Float32Array, pixels: Float32Array) {
    const [found] = await Promise.all([super.gradient(weights, pixels), this.doMeanwhile()]);
    this.gradientOfStep = found.gradient;
    return found;
  }

  async doMeanwhile(): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
  }
}

const text = (content: string) => new TextEncoder().encode(content);
