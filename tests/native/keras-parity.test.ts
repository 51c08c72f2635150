import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createRandom } from "@autoencoder/data";
import { findRecipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDataset } from "../../apps/trainer/src/dataset.ts";
import { native } from "../../apps/trainer/src/engines/native.ts";

/**
 * The assignment's training on the native engine, and Keras's from the same weights on the same batches. At the recipe's rate the
 * two part after some twenty steps, as Keras does from itself: with oneDNN's kernels and without, its own losses of the
 * first 100 steps are up to 7 % apart, since Adam makes whole steps of gradients that are all rounding. At a tenth of the rate they
 * stay together.
 */

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "parity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assignment = findRecipe("assignment");

/** The loss of each batch, the first ones of MNIST in its order: ours and Keras's. */
async function train(batches: number, learningRate: number): Promise<[readonly number[], readonly number[]]> {
  const recipe = { ...assignment, optimizer: { ...assignment.optimizer, learningRate }, epochs: 1 };
  const { train } = await openDataset(undefined);
  const order = Uint32Array.from({ length: batches * recipe.batchSize }, (_, at) => at);
  const images = { train: order.length, validation: 0, order: () => order, gather: train.gather.bind(train) };
  const trainer = new Trainer({ recipe, random: createRandom(3).next, outputBias: -1.895, now: "" });
  const written = (name: string, { buffer }: Float32Array) => {
    writeFileSync(join(folder, name), new Uint8Array(buffer));
    return join(folder, name);
  };
  const files = [written("weights", (await trainer.state("")).weights), written("pixels", train.gather(order))];
  for await (const _ of trainer.train(images, { clock: () => 0, residentBytes: () => 0 }));
  const { python } = JSON.parse(readFileSync(join(root, ".native/stamp.json"), "utf8"));
  const model = join(root, "artifacts/assignment/autoencoder_model.keras");
  const script = join(root, "tests/native/keras_losses.py");
  const args = [script, model, ...files, String(recipe.batchSize), String(learningRate)];
  const { stdout } = await promisify(execFile)(python, args);
  return [trainer.losses, JSON.parse(stdout.slice(stdout.indexOf("[")))];
}

beforeAll(() => native.start());

it.each([
  [20, 1e-3, 1e-3],
  [100, 1e-4, 1e-3],
])("the losses of %i steps at a rate of %f are Keras's, within %f of each", async (batches, rate, tolerance) => {
  const [ours, keras] = await train(batches, rate);
  expect([ours.length, keras.length]).toEqual([batches, batches]);
  for (const [at, loss] of keras.entries()) {
    expect(Math.abs(ours[at]! - loss) / loss, `loss ${at}`).toBeLessThanOrEqual(tolerance);
  }
});
