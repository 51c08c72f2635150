import { modelOutputShape, sizeOf } from "../../network/shapes.ts";
import type { AutoencoderSpec } from "../../network/spec.ts";
import { imagesAtOnce } from "../predict.ts";
import type { ReplicaAnswer, ReplicaRequest, TrainingWorker } from "./replica.ts";
import { joinShards, type Shard, type ShardGradient, shardsOf } from "./shards.ts";

/** A worker is gone, with the reason: no more comes of this training, but the last whole batch stands. */
export class WorkerLostError extends Error {
  override name = "WorkerLostError";
}

/**
 * Data-parallel training: every batch is split into `shards`, whatever computes them, and the shards' gradients are summed
 * in their order. The same shards give the same bits on one worker and on many.
 */
export class DataParallel {
  private readonly shards: number;
  /** Numbers of one image. */
  private readonly imageSize: number;

  constructor(
    private readonly workers: readonly TrainingWorker[],
    { spec, shards }: { spec: AutoencoderSpec; shards: number },
  ) {
    this.shards = shards;
    this.imageSize = sizeOf(modelOutputShape(spec.decoder));
  }

  /** Mean loss over a batch, and its gradient. @param weights flat @param pixels [images, …] flat */
  async gradient(weights: Float32Array, pixels: Float32Array): Promise<Omit<ShardGradient, "images">> {
    const parts = shardsOf(pixels.length / this.imageSize, this.shards);
    const answers = await this.spread("gradient", weights, this.cut(pixels, parts));
    return joinShards(
      answers.map(({ values, loss = Number.NaN }, at) => {
        const { start, end } = parts[at] as Shard;
        return { images: end - start, loss, gradient: values };
      }),
    );
  }

  /** The network's outputs for many images. @param weights flat @param pixels [images, …] flat */
  async predict(weights: Float32Array, pixels: Float32Array): Promise<Float32Array> {
    const count = pixels.length / this.imageSize;
    const parts = Array.from({ length: Math.ceil(count / imagesAtOnce) }, (_, at) => {
      return { start: at * imagesAtOnce, end: Math.min((at + 1) * imagesAtOnce, count) };
    });
    const answers = await this.spread("outputs", weights, this.cut(pixels, parts));
    const outputs = new Float32Array(answers.reduce((sum, { values }) => sum + values.length, 0));
    let offset = 0;
    for (const { values } of answers) {
      outputs.set(values, offset);
      offset += values.length;
    }
    return outputs;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private cut(pixels: Float32Array, parts: readonly Shard[]): Float32Array[] {
    return parts.map(({ start, end }) => pixels.slice(start * this.imageSize, end * this.imageSize));
  }

  /** Asks for each part, the next one of whichever worker is free. Answers are in the order of the parts. */
  private async spread(
    what: ReplicaRequest["what"],
    weights: Float32Array,
    parts: readonly Float32Array[],
  ): Promise<ReplicaAnswer[]> {
    const answers: ReplicaAnswer[] = [];
    let next = 0;
    const work = async (worker: TrainingWorker) => {
      let fresh: { weights?: Float32Array } = { weights: weights.slice() };
      while (next < parts.length) {
        const at = next++;
        answers[at] = await worker.ask({ what, pixels: parts[at] as Float32Array, ...fresh });
        fresh = {};
      }
    };
    await Promise.all(this.workers.map(work));
    return answers;
  }
}
