import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "@autoencoder/data";
import {
  countNearestOfSameClass,
  imageMetrics,
  readTable,
  readWeights,
  summarize,
  summarizeMetrics,
  tensor,
} from "@autoencoder/model";
import { parseRun, type Run, runPaths } from "@autoencoder/model/run";
import { type Autoencoder, buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import { predict } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  artifacts,
  bytesOf,
  committedRuns,
  greatestDifference,
  loadMnist,
  openRun,
  pixels,
  range,
  slimRuns,
  startWasm,
} from "../fixtures/committed-runs.ts";

/**
 * What the committed runs claim is recomputed from their weights and MNIST: a number that training did not earn fails.
 * The losses and errors of all images are recomputed in tests/slow/committed-runs.test.ts.
 */

/** A pair of stock tfjs files, as tfjs itself would load them. */
function stockModel(run: string, folder: string): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(
    readFileSync(join(artifacts, run, folder, "model.json"), "utf8"),
  );
  const weightData = bytesOf(run, `${folder}/weights.bin`).buffer as ArrayBuffer;
  const weightSpecs = weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

let dataset: Dataset;
beforeAll(async () => {
  await startWasm();
  dataset = await loadMnist();
});

it("the healthy and the collapsed run are committed", () => {
  expect(committedRuns).toContain("assignment");
  expect(committedRuns).toContain("assignment-literal");
});

describe.each(committedRuns)("the committed run %s", (name) => {
  let run: Run;
  let models: Autoencoder;
  beforeAll(() => {
    ({ run, models } = openRun(name));
  });

  it("has statistics of its layers that agree with the codes and the errors recorded for all test images", () => {
    const statistics = readTable(bytesOf(name, runPaths.testActivations));
    const latents = tensor(readTable(bytesOf(name, runPaths.testLatents)), "latents");
    const [count = 0, width = 0] = latents.shape;
    const of = (what: string) => tensor(statistics, `latent_vector/${what}`).data;
    for (let value = 0; value < width; value++) {
      const column = Array.from({ length: count }, (_, image) => latents.data[image * width + value] as number);
      const mean = column.reduce((sum, one) => sum + one, 0) / count;
      const least = column.reduce((most, one) => Math.min(most, one));
      const greatest = column.reduce((most, one) => Math.max(most, one));
      const scale = Math.max(1, Math.abs(least), greatest);
      expect(Math.abs((of("mean")[value] as number) - mean)).toBeLessThan(1e-3 * scale); // both are kept as float16
      expect(Math.abs((of("min")[value] as number) - least)).toBeLessThan(1e-3 * scale);
      expect(Math.abs((of("max")[value] as number) - greatest)).toBeLessThan(1e-3 * scale);
    }
    const pictures = Array.from(tensor(statistics, "conv2d_4/mean").data);
    expect(pictures.reduce((sum, pixel) => sum + pixel, 0) / pictures.length).toBeCloseTo(
      run.status === "collapsed" ? 0 : 0.1325, // the test images' own mean
      2,
    );
  });

  it("has statistics that begin with the baseline it was measured against", () => {
    const statistics = readTable(bytesOf(name, runPaths.statistics));
    const components = tensor(readTable(bytesOf(name, runPaths.testLatents)), "latents").shape[1] as number;
    const errors = (set: string) => Array.from(tensor(statistics, `pca/${set}`).data);
    expect(errors("validation")[components - 1]).toBeCloseTo(run.baselines.pca, 8);
    // As the dense solver had it before there was a table.
    expect(errors("test")[63]).toBeCloseTo(0.00775074, 8);
    expect(errors("test")[127]).toBeCloseTo(0.00340315, 8);
    for (const set of ["validation", "test"]) {
      expect(errors(set)).toEqual([...errors(set)].sort((a, b) => b - a));
      expect(errors(set)).toHaveLength(128);
    }
    const of = (what: string) => tensor(statistics, `neighbours/${what}`).data[0];
    expect([of("asked"), of("among"), of("pixels")]).toEqual([500, 9000, 466]);
    const latents = tensor(readTable(bytesOf(name, runPaths.testLatents)), "latents");
    const codes = { values: Float32Array.from(latents.data), width: components };
    expect(of("code")).toBe(countNearestOfSameClass(codes, dataset.test.labels, { asked: 500, among: 9000 }));
  });

  it("has every file that it lists, with its size and SHA-256, and no other", () => {
    const listed = run.files.map(({ path }) => path).sort();
    const there = readdirSync(join(artifacts, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(join(artifacts, name).length + 1)
          .replaceAll("\\", "/"),
      )
      .filter((path) => path !== "run.json")
      .sort();
    expect(there).toEqual(listed);
    for (const { path, bytes, sha256 } of run.files) {
      const content = bytesOf(name, path);
      expect(content.length, path).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex"), path).toBe(sha256);
    }
  });

  it("has snapshots whose last one shows what its weights give", async () => {
    const table = readTable(bytesOf(name, runPaths.snapshots));
    const of = (what: string) => tensor(table, what).data;
    const batches = Math.ceil(run.dataset.split.train / run.recipe.batchSize);
    const ends = run.history.map(({ epoch }) => epoch * batches);
    const early = [0, 1, 2, 5, 10, 20, 50, 100, 200];
    expect(Array.from(of("step"))).toEqual([...new Set([...early, ...ends])].sort((a, b) => a - b));
    const [count = 0, digits = 0, size = 0] = tensor(table, "reconstructions").shape;
    expect([count, digits, size]).toEqual([of("step").length, 10, 784]);
    const rebuilt = await predict(models.autoencoder, pixels(dataset.test, of("indices")));
    const last = Array.from(of("reconstructions").slice(-digits * size), (byte) => byte / 255);
    expect(greatestDifference(rebuilt, last)).toBeLessThanOrEqual(0.5 / 255 + 1e-5); // rounded to a byte, by another engine
    const outputs = await predict(models.autoencoder, pixels(dataset.train, range(0, 128)));
    const mean = outputs.reduce((sum, value) => sum + value, 0) / outputs.length;
    expect(of("outputMean").at(-1)).toBeCloseTo(mean, 5);
    expect(of("outputBias")[0]).toBeCloseTo(run.outputBias, 6);
  });

  it("has the errors of 1,000 test images that its weights give, and test figures that are the means of all", async () => {
    const errors = readTable(bytesOf(name, runPaths.testErrors));
    const [mse, psnr, ssim] = ["mse", "psnr", "ssim"].map((what) => tensor(errors, what).data as Float32Array) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const images = pixels(dataset.test, range(0, 1000));
    const perImage = imageMetrics(images, await predict(models.autoencoder, images), 28, 28);
    expect(greatestDifference(mse.slice(0, 1000), perImage.mse)).toBeLessThan(1e-4);
    expect(greatestDifference(ssim.slice(0, 1000), perImage.ssim)).toBeLessThan(1e-3);
    expect(greatestDifference(psnr.slice(0, 1000), perImage.psnr)).toBeLessThan(1e-2);
    expect(mse.length).toBe(10_000);
    const test = summarizeMetrics({ mse, psnr, ssim }, dataset.test.labels);
    expect(Math.abs(test.mse - run.test.mse) / run.test.mse).toBeLessThan(1e-6);
    expect(test.psnr).toBeCloseTo(run.test.psnr!, 5);
    expect(test.ssim).toBeCloseTo(run.test.ssim, 5);
  });

  it("opens in stock tfjs, all three models, within 1e-5 of what the trainer recorded", async () => {
    const samples = readTable(bytesOf(name, runPaths.samples));
    const images = pixels(dataset.test, tensor(samples, "indices").data);
    const count = tensor(samples, "indices").data.length;
    expect(count).toBe(100);
    const pictures = tf.tensor4d(images, [count, 28, 28, 1]);
    const latents = tensor(samples, "latents").data as Float32Array;
    const reconstructions = tensor(samples, "reconstructions").data;
    const size = latents.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const encoder = await stockModel(name, "encoder");
    const decoder = await stockModel(name, "decoder");
    const autoencoder = await stockModel(name, "autoencoder");
    const codes = encoder.predict(pictures) as tf.Tensor;
    // Latent values have no bound of their own: their difference is taken in units of the greatest.
    expect(greatestDifference(codes.dataSync(), latents) / size).toBeLessThanOrEqual(1e-5);
    const painted = decoder.predict(tf.tensor2d(latents, [count, latents.length / count])) as tf.Tensor;
    expect(greatestDifference(painted.dataSync(), reconstructions)).toBeLessThanOrEqual(1e-5);
    expect(
      greatestDifference((autoencoder.predict(pictures) as tf.Tensor).dataSync(), reconstructions),
    ).toBeLessThanOrEqual(1e-5);
  });

  it("gives the page, in float16, pictures within 2e-3 of the trainer's", async () => {
    const samples = readTable(bytesOf(name, runPaths.samples));
    const images = pixels(dataset.test, tensor(samples, "indices").data);
    const page = buildAutoencoder(run.spec);
    for (const part of ["encoder", "decoder"] as const) {
      const json = readFileSync(join(artifacts, name, "page", part, "model.json"), "utf8");
      setWeights(page[part], readWeights(json, bytesOf(name, `page/${part}/weights.bin`)));
    }
    const rebuilt = await predict(page.autoencoder, images);
    expect(greatestDifference(rebuilt, tensor(samples, "reconstructions").data)).toBeLessThanOrEqual(2e-3);
  });

  it("has as many steps and epochs as it says, its loss the mean of its batches", () => {
    const steps = tensor(readTable(bytesOf(name, runPaths.steps)), "loss").data;
    const batches = Math.ceil(run.dataset.split.train / run.recipe.batchSize);
    expect(steps.length).toBe(batches * run.history.length);
    run.history.forEach(({ loss }, epoch) => {
      const own = [...steps.slice(epoch * batches, (epoch + 1) * batches)];
      const last = run.dataset.split.train - (batches - 1) * run.recipe.batchSize;
      const weights = own.map((_, batch) => (batch === batches - 1 ? last : run.recipe.batchSize));
      const mean = own.reduce((sum, value, batch) => sum + value * weights[batch]!, 0) / run.dataset.split.train;
      expect(Math.abs(mean - (loss as number))).toBeLessThan(1e-6);
    });
  });
});

describe("the committed run assignment", () => {
  const run = () => parseRun(readFileSync(join(artifacts, "assignment", "run.json"), "utf8"));

  it("trained 20 epochs on 54,000 images and reached the assignment's figures and Keras's", () => {
    const { history, dataset, status, test } = run();
    expect(status).toBe("complete");
    expect(dataset.split).toEqual({ train: 54_000, validation: 6_000 });
    expect(history).toHaveLength(20);
    expect(history.at(-1)?.loss).toBeLessThanOrEqual(0.0045);
    expect(history.at(-1)?.valLoss).toBeLessThanOrEqual(0.0024);
    expect(test.mse).toBeLessThanOrEqual(0.0023);
  });

  it("has the baselines that MNIST gives", () => {
    const { baselines } = run();
    expect(baselines.black).toBeCloseTo(0.1114, 4);
    expect(baselines.meanImage).toBeCloseTo(0.067, 4);
    expect(baselines.pca).toBeCloseTo(0.008, 4);
  });

  it("has the assignment's parameter counts", () => {
    const { spec } = run();
    expect([summarize(spec.encoder).total, summarize(spec.decoder).total]).toEqual([219_584, 259_521]);
  });
});

it("the committed run assignment-literal collapsed to black pictures", () => {
  const run = parseRun(readFileSync(join(artifacts, "assignment-literal", "run.json"), "utf8"));
  expect(run.status).toBe("collapsed");
  expect(run.outputBias).toBe(0);
  expect(run.test.mse).toBeCloseTo(0.114, 3);
});

describe.each(slimRuns)("the slim run %s", (name) => {
  const run = parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));

  it("has the files that it lists, in at most 1.3 MB", () => {
    for (const { path, bytes, sha256 } of run.files) {
      const content = bytesOf(name, path);
      expect([path, content.length]).toEqual([path, bytes]);
      expect(createHash("sha256").update(content).digest("hex"), path).toBe(sha256);
    }
    expect(run.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(1.3e6);
  });

  it("rebuilds with the page's weights what the trainer recorded, and test digits about as well as all of them", async () => {
    const models = buildAutoencoder(run.spec);
    for (const part of ["encoder", "decoder"] as const) {
      const json = readFileSync(join(artifacts, name, `page/${part}/model.json`), "utf8");
      setWeights(models[part], readWeights(json, bytesOf(name, `page/${part}/weights.bin`)));
    }
    const samples = readTable(bytesOf(name, runPaths.samples));
    const recorded = tensor(samples, "reconstructions");
    const rebuilt = await predict(models.autoencoder, pixels(dataset.test, tensor(samples, "indices").data));
    expect(greatestDifference(rebuilt, recorded.data)).toBeLessThan(0.01); // float16 against float32
    const some = dataset.test.floats(0, 1000);
    const { mse } = imageMetrics(some, await predict(models.autoencoder, some), 28, 28);
    expect(Math.abs(mse.reduce((sum, value) => sum + value, 0) / 1000 / run.test.mse - 1)).toBeLessThan(0.1);
  });
});
