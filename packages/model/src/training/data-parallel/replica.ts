import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { sizeOf } from "../../network/shapes.ts";
import type { AutoencoderSpec } from "../../network/spec.ts";
import { buildAutoencoder } from "../build.ts";
import { lossAndGradient } from "../gradient.ts";
import { predict } from "../predict.ts";
import type { Recipe } from "../recipes/index.ts";
import { trainableVariables } from "../weights.ts";

/** What a replica computes: a network, and the loss that it is trained for. */
export interface ReplicaOf {
  spec: AutoencoderSpec;
  loss: Recipe["loss"];
}

/** What a replica is asked. */
export interface ReplicaRequest {
  /** `gradient`: of the mean loss of these images. `outputs`: their reconstructions. */
  what: "gradient" | "outputs";
  /** [images, …] flat, in [0, 1]. */
  pixels: Float32Array;
  /** New weights, flat in layer order, where they changed since the last request. */
  weights?: Float32Array;
}

/** What a replica answers. */
export interface ReplicaAnswer {
  /** The gradient, flat in layer order, or the outputs, [images, …] flat. */
  values: Float32Array;
  /** The mean loss that a gradient belongs to. */
  loss?: number;
}

/** A replica, wherever it is: on this thread, on another of Node, in a worker of a page. */
export interface TrainingWorker {
  /** Answers one request at a time and may take its buffers. @throws WorkerLostError when the replica's thread is gone */
  ask(request: ReplicaRequest): Promise<ReplicaAnswer>;
  close(): Promise<void>;
}

/** A network beside the one in training, on this thread's tfjs backend: it is given weights and images, and keeps nothing else. */
export class Replica implements TrainingWorker {
  private readonly autoencoder: LayersModel;
  private readonly variables: tf.Variable[];

  constructor(private readonly of: ReplicaOf) {
    this.autoencoder = buildAutoencoder(of.spec).autoencoder;
    this.variables = trainableVariables(this.autoencoder);
  }

  async ask({ what, pixels, weights }: ReplicaRequest): Promise<ReplicaAnswer> {
    if (weights) this.setWeights(weights);
    if (what === "outputs") return { values: await predict(this.autoencoder, pixels) };
    const imageShape = this.autoencoder.inputs[0]?.shape.slice(1) as number[];
    const found = tf.tidy(() => {
      const batch = tf.tensor(pixels, [pixels.length / sizeOf(imageShape), ...imageShape]);
      return { ...lossAndGradient(this.autoencoder, batch, this.of.loss) };
    });
    const [loss, values] = await Promise.all([found.loss.data(), found.gradient.data<"float32">()]);
    tf.dispose(found);
    return { values, loss: loss[0] as number };
  }

  async close(): Promise<void> {
    this.autoencoder.dispose();
  }

  private setWeights(flat: Float32Array): void {
    let offset = 0;
    for (const variable of this.variables) {
      const next = tf.tensor(flat.subarray(offset, offset + variable.size), variable.shape);
      variable.assign(next);
      next.dispose();
      offset += variable.size;
    }
  }
}
