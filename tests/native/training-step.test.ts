import { createRandom } from "@autoencoder/data";
import { findRecipe } from "@autoencoder/model/recipes";
import { buildAutoencoder, freshWeights, setWeights } from "@autoencoder/model/tfjs";
import {
  compileWith,
  lossFunctions,
  readState,
  Trainer,
  type TrainingImages,
  type TrainingState,
  writeState,
} from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDataset } from "../../apps/trainer/src/dataset.ts";
import { native } from "../../apps/trainer/src/engines/native.ts";
import type { NodeBackend } from "../../apps/trainer/src/graph/binding.ts";
import { tfFunction } from "../../apps/trainer/src/graph/index.ts";
import { difference } from "./tensors.ts";

/** The trainer's own step, replayed as a graph, against the step operation by operation. */

beforeAll(() => native.start({ eager: true }));
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

describe("the training step of the assignment's network", () => {
  const assignment = findRecipe("assignment");
  // At the recipe's own rate, 1e-3, the first steps are chaotic: Adam makes whole steps of gradients that are all rounding, and
  // two ways of summing part by more than 1e-3 within 40 steps. At a tenth of it what is equal stays together.
  const optimizer = { ...assignment.optimizer, learningRate: 1e-4 };
  const recipe = { ...assignment, optimizer, batchSize: 16, epochs: 1 };
  const outputBias = -1.895;
  const now = "2026-01-01T00:00:00.000Z";
  const fresh = (state?: TrainingState) =>
    new Trainer({ recipe, random: createRandom(3).next, outputBias, now, state });
  const surroundings = { clock: () => 0, residentBytes: () => 0 };
  const batches = 100;
  let images: TrainingImages;
  beforeAll(async () => {
    const { train } = await openDataset(undefined);
    // The last batch has 8 images: a graph of its own.
    const count = batches * recipe.batchSize - 8;
    const order = Uint32Array.from({ length: count }, (_, at) => at);
    images = { train: count, validation: 40, order: () => order, gather: (indices) => train.gather(indices) };
  });
  afterEach(() => compileWith((_, f) => f));

  it("has the first gradients of the eager step, within 1e-5 of each tensor's largest", () => {
    const { autoencoder } = buildAutoencoder(recipe.spec);
    setWeights(autoencoder, freshWeights(recipe.spec, { random: createRandom(3).next, outputBias }));
    const variables = autoencoder.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const gradients = (batch: tf.Tensor) => {
      const outputs = () => autoencoder.apply(batch, { training: true }) as tf.Tensor;
      const { grads } = tf.variableGrads(() => lossFunctions.mse.ofTensors(outputs(), batch) as tf.Scalar, variables);
      return variables.map(({ name }) => grads[name]!);
    };
    const batch = tf.tensor(images.gather(images.order(1).subarray(0, 16)), [16, 28, 28, 1]);
    const replayed = tfFunction("gradients", gradients)(batch);
    for (const [at, expected] of gradients(batch).entries()) {
      expect(difference(replayed[at]!, expected), variables[at]!.name).toBeLessThanOrEqual(1e-5);
    }
  });

  it("has the losses of 100 eager steps and of the validation within 1e-3, with one call of TensorFlow a step", async () => {
    const train = async () => {
      const trainer = new Trainer({
        recipe,
        random: createRandom(3).next,
        outputBias,
        now: "2026-01-01T00:00:00.000Z",
      });
      const calls = countCalls();
      let [callsPerStep, before] = [0, 0];
      for await (const event of trainer.train(images, surroundings)) {
        if (event.kind === "batch" && event.batch === 50) before = calls();
        if (event.kind === "batch" && event.batch === 60) callsPerStep = (calls() - before) / 10;
      }
      const { losses, progress } = trainer;
      return { losses: [...losses, progress.history[0]!.valLoss!], callsPerStep };
    };
    const eager = await train();
    compileWith((name, f) => tfFunction(name, f));
    const replayed = await train();
    expect(replayed.losses).toHaveLength(batches + 1);
    for (const [at, loss] of eager.losses.entries()) {
      expect(Math.abs(replayed.losses[at]! - loss) / loss, `loss ${at}`).toBeLessThanOrEqual(1e-3);
    }
    expect(eager.callsPerStep).toBeGreaterThan(100);
    expect(replayed.callsPerStep).toBe(1);
  });

  it("continues from a checkpoint to the bits of an unbroken training", async () => {
    compileWith((name, f) => tfFunction(name, f));
    const few = { ...images, train: 72, order: () => images.order(1).subarray(0, 72) }; // batches of 16, the last of 8
    const whole = fresh();
    for await (const _ of whole.train(few, surroundings));
    const broken = fresh();
    for await (const event of broken.train(few, surroundings)) {
      if (event.kind === "batch" && event.batch === 3) broken.stop();
    }
    const resumed = fresh(readState(writeState(await broken.state("a run"))));
    for await (const _ of resumed.train(few, surroundings));
    const [ends, expected] = [await resumed.state(""), await whole.state("")];
    expect(ends.losses).toHaveLength(5);
    expect(ends).toEqual(expected);
  });
});

/** Counts operations and graphs that TensorFlow executes from now on. @returns how many there have been */
function countCalls(): () => number {
  const backend = tf.backend() as unknown as NodeBackend;
  let count = 0;
  const counted = <F extends (...given: never[]) => unknown>(call: F) =>
    ((...given: Parameters<F>) => {
      count++;
      return call(...given);
    }) as F;
  const { executeOp, runSavedModel } = backend.binding;
  const overrides = { executeOp: counted(executeOp), runSavedModel: counted(runSavedModel) };
  backend.binding = Object.create(backend.binding, Object.getOwnPropertyDescriptors(overrides));
  return () => count;
}
