import { type Dataset, firstOfEachClass } from "@autoencoder/data";
import { greyByte, meanSquaredError, readTable, type Table, tensor, writeTable } from "@autoencoder/model";
import { lastLayer } from "@autoencoder/model/film";
import type { Recipe } from "@autoencoder/model/recipes";
import { snapshotVitals } from "@autoencoder/model/run";
import type { Autoencoder } from "@autoencoder/model/tfjs";
import { predict } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { Film, isFilmStep } from "./film.ts";

/** Steps of the first epoch at which a snapshot is taken, besides the end of every epoch: there a run collapses or not. */
const earlySteps: readonly number[] = [0, 1, 2, 5, 10, 20, 50, 100, 200];
/** Training images on which the training loss is measured again. */
const measuredImages = 2000;
/** Of these, those on which the insides of the network are looked at. */
const probeImages = 128;

/** Training images at which the film looks: fewer, since it looks much more often. */
const filmImages = 32;
/** Passages through the network that one of them is worth in a frame: forward twice, and a gradient. */
const passagesOfFrame = 5;

/** What tells a collapse from learning, over the probe; each a tensor of the table. */
type Vitals = Record<(typeof snapshotVitals)[number], number>;

/**
 * How many pictures pass through the network for the snapshots of a run between two steps.
 * @param images how many of the training images the run trains on
 */
export function picturesOfSnapshots(images: number, run: { from: number; to: number; epochs: number }): number {
  const isLeft = (step: number) => step > run.from || run.from === 0;
  const early = earlySteps.filter((step) => step <= run.to && isLeft(step)).length;
  let frames = 0;
  for (let step = run.from; step <= run.to; step++) if (isFilmStep(step) && isLeft(step)) frames++;
  const probe = Math.min(probeImages, images);
  return (
    (early + run.epochs) * (Math.min(measuredImages, images) + probe) +
    frames * Math.min(filmImages, images) * passagesOfFrame
  );
}

interface Snapshot {
  step: number;
  trainMse: number;
  /** Of the batch that the last step followed; NaN before the first. */
  gradientNorm: number;
  vitals: Vitals;
  reconstructions: Uint8Array;
}

/**
 * What the network does in the middle of its training: the first test image of each class as it rebuilds it then, its error
 * on the first 2,000 training images with its weights held still, and what its last layers give.
 */
export class Snapshots {
  private readonly digits: Float32Array;
  private readonly training: Float32Array;
  private readonly indices: Uint32Array;
  private readonly film: Film;
  private taken: Snapshot[] = [];

  /**
   * @param images how many of the training images the run trains on
   * @param before the table of an interrupted run, up to the step at which it goes on
   */
  constructor(recipe: Recipe, dataset: Dataset, images: number, before?: { table: Uint8Array; step: number }) {
    this.indices = firstOfEachClass(dataset.test.labels, 1);
    this.digits = dataset.test.gather(this.indices);
    this.training = dataset.train.floats(0, Math.min(measuredImages, images));
    const size = this.digits.length / this.indices.length;
    const probe = this.training.subarray(0, filmImages * size);
    this.film = new Film({ recipe, digits: this.digits, probe, size });
    if (before) this.restore(before.table, before.step);
  }

  /** Takes a snapshot if one is due at `step`, and a frame of the film; at an epoch's end there always is a snapshot. */
  async take(models: Autoencoder, at: Moment): Promise<void> {
    const { step, gradientNorm = Number.NaN } = at;
    const { autoencoder, encoder, decoder } = models;
    await this.film.take(models, step);
    if (!at.epochEnded && !earlySteps.includes(step)) return;
    if (this.taken.some((snapshot) => snapshot.step === step)) return;
    const reconstructions = Uint8Array.from(await predict(autoencoder, this.digits), greyByte);
    const trainMse = meanSquaredError(await predict(autoencoder, this.training), this.training);
    const size = this.digits.length / this.indices.length;
    const codes = await predict(encoder, this.training.subarray(0, probeImages * size));
    this.taken.push({ step, trainMse, gradientNorm, vitals: await vitalsOf(decoder, codes), reconstructions });
  }

  /**
   * @returns a table with `step` I32 [snapshots]; `trainMse`, `gradientNorm` and the vitals F32 [snapshots]; `indices` I32
   * [digits] of the test images; and `reconstructions` U8 [snapshots, digits, pixels], 0 to 255
   */
  table(): Uint8Array {
    const count = this.taken.length;
    const digits = this.indices.length;
    const pixels = this.digits.length / digits;
    const pictures = new Uint8Array(count * digits * pixels);
    for (const [at, { reconstructions }] of this.taken.entries()) pictures.set(reconstructions, at * digits * pixels);
    const numbers = (of: (snapshot: Snapshot) => number) => {
      return { dtype: "F32" as const, shape: [count], data: Float32Array.from(this.taken, of) };
    };
    const table: Table = {
      step: { dtype: "I32", shape: [count], data: Int32Array.from(this.taken, ({ step }) => step) },
      trainMse: numbers(({ trainMse }) => trainMse),
      gradientNorm: numbers(({ gradientNorm }) => gradientNorm),
      ...Object.fromEntries(snapshotVitals.map((name) => [name, numbers((snapshot) => snapshot.vitals[name])])),
      indices: { dtype: "I32", shape: [digits], data: Int32Array.from(this.indices) },
      reconstructions: { dtype: "U8", shape: [count, digits, pixels], data: pictures },
      ...this.film.tensors(),
    };
    return writeTable(table, this.film.metadata);
  }

  /** @throws Error when the table is damaged */
  private restore(bytes: Uint8Array, until: number): void {
    try {
      this.takeOver(readTable(bytes), until);
    } catch (cause) {
      const what = (cause as Error).message;
      throw new Error(`--resume: the snapshots beside the checkpoint are damaged: ${what}; train without --resume`, {
        cause,
      });
    }
  }

  private takeOver(table: Table, until: number): void {
    this.film.restore(table, until);
    const steps = tensor(table, "step").data;
    const values = (name: string, count: number) => {
      const { data } = tensor(table, name);
      if (data.length === count) return data;
      throw new Error(`expected ${count} values of ${name} but got ${data.length}`);
    };
    const read = (name: string, at: number) => values(name, steps.length)[at] as number;
    const size = this.digits.length;
    const pictures = values("reconstructions", steps.length * size);
    this.taken = Array.from(steps, (step, at) => ({
      step,
      trainMse: read("trainMse", at),
      gradientNorm: read("gradientNorm", at),
      vitals: Object.fromEntries(snapshotVitals.map((name) => [name, read(name, at)])) as Vitals,
      reconstructions: Uint8Array.from(pictures.subarray(at * size, (at + 1) * size)),
    })).filter(({ step }) => step <= until);
  }
}

interface Moment {
  step: number;
  epochEnded?: boolean;
  gradientNorm?: number;
}

/** What the decoder's last layer reads and sums for these codes. @param codes [images, latent] flat */
async function vitalsOf(decoder: Autoencoder["decoder"], codes: Float32Array): Promise<Vitals> {
  const found = tf.tidy(() => {
    const { maps, sums, outputs, bias } = lastLayer(decoder, codes);
    const live = tf.sum(tf.cast(tf.greater(tf.max(maps, [0, 1, 2]), 0), "float32"));
    return tf.stack([tf.mean(outputs), tf.mean(sums), tf.min(sums), tf.mean(bias), live, tf.mean(maps)]);
  });
  const values = await found.data();
  found.dispose();
  return Object.fromEntries(snapshotVitals.map((name, at) => [name, values[at] as number])) as Vitals;
}
