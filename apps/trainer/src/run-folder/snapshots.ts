import { type Dataset, firstOfEachClass, gatherImages, type ImageSet } from "@autoencoder/data";
import { readTable, type Table, tensor, writeTable } from "@autoencoder/model";
import { meanSquaredError, predict } from "@autoencoder/model/training";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** Steps of the first epoch at which a snapshot is taken, besides the end of every epoch: there a run collapses or not. */
const earlySteps: readonly number[] = [0, 1, 2, 5, 10, 20, 50, 100, 200];
/** Training images on which the training loss is measured again. */
const measuredImages = 2000;

/**
 * What the network does in the middle of its training: the first test image of each class as it rebuilds it then, and its
 * error on the first 2,000 training images with its weights held still.
 */
export class Snapshots {
  private readonly digits: Float32Array;
  private readonly training: Float32Array;
  private readonly indices: Uint32Array;
  private taken: { step: number; trainMse: number; reconstructions: Uint8Array }[] = [];

  /**
   * @param images how many of the training images the run trains on
   * @param before the table of an interrupted run, up to the step at which it goes on
   */
  constructor(dataset: Dataset, images: number, before?: { table: Uint8Array; step: number }) {
    this.indices = firstOfEachClass(dataset.test.labels, 1);
    this.digits = pixelsOf(dataset.test, this.indices);
    this.training = pixelsOf(
      dataset.train,
      Uint32Array.from({ length: Math.min(measuredImages, images) }, (_, index) => index),
    );
    if (before) this.restore(readTable(before.table), before.step);
  }

  /** Takes a snapshot after `step` steps if one is due there. */
  async take(autoencoder: LayersModel, step: number, epochEnded: boolean): Promise<void> {
    if (!epochEnded && !earlySteps.includes(step)) return;
    if (this.taken.some((snapshot) => snapshot.step === step)) return;
    const reconstructions = Uint8Array.from(await predict(autoencoder, this.digits), (value) =>
      Math.round(value * 255),
    );
    const trainMse = meanSquaredError(await predict(autoencoder, this.training), this.training);
    this.taken.push({ step, trainMse, reconstructions });
  }

  /**
   * @returns a table with `step` I32 [snapshots], `trainMse` F32 [snapshots], `indices` I32 [digits] of the test images,
   * and `reconstructions` U8 [snapshots, digits, pixels], 0 to 255
   */
  table(): Uint8Array {
    const count = this.taken.length;
    const digits = this.indices.length;
    const pixels = this.digits.length / digits;
    const pictures = new Uint8Array(count * digits * pixels);
    for (const [at, { reconstructions }] of this.taken.entries()) pictures.set(reconstructions, at * digits * pixels);
    return writeTable({
      step: { dtype: "I32", shape: [count], data: Int32Array.from(this.taken, ({ step }) => step) },
      trainMse: { dtype: "F32", shape: [count], data: Float32Array.from(this.taken, ({ trainMse }) => trainMse) },
      indices: { dtype: "I32", shape: [digits], data: Int32Array.from(this.indices) },
      reconstructions: { dtype: "U8", shape: [count, digits, pixels], data: pictures },
    });
  }

  private restore(table: Table, until: number): void {
    const steps = tensor(table, "step").data;
    const errors = tensor(table, "trainMse").data;
    const pictures = tensor(table, "reconstructions").data;
    const size = this.digits.length;
    this.taken = Array.from(steps, (step, at) => ({
      step,
      trainMse: errors[at] as number,
      reconstructions: Uint8Array.from(pictures.subarray(at * size, (at + 1) * size)),
    })).filter(({ step }) => step <= until);
  }
}

function pixelsOf(set: ImageSet, indices: Uint32Array): Float32Array {
  const pixels = new Float32Array(indices.length * set.rows * set.columns);
  gatherImages(set, indices, pixels);
  return pixels;
}
