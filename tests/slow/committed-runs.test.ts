import type { Dataset } from "@autoencoder/data";
import { imageMetrics, meanSquaredError, readTable, summarizeMetrics, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import type { Autoencoder } from "@autoencoder/model/tfjs";
import { lossFunctions, predict } from "@autoencoder/model/training";
import { beforeAll, describe, expect, it } from "vitest";
import {
  bytesOf,
  committedRuns,
  greatestDifference,
  loadMnist,
  openRun,
  pixels,
  range,
  startWasm,
} from "../fixtures/committed-runs.ts";

/** The losses and errors that the committed runs claim, recomputed from their weights over every image that they name. */

let dataset: Dataset;
beforeAll(async () => {
  await startWasm();
  dataset = await loadMnist();
});

describe.each(committedRuns)("the committed run %s", (name) => {
  let run: Run;
  let models: Autoencoder;
  beforeAll(() => {
    ({ run, models } = openRun(name));
  });

  it("has the validation loss that its weights give", async () => {
    const { train, validation } = run.dataset.split;
    const images = pixels(dataset.train, range(train, train + validation));
    const loss = lossFunctions[run.recipe.loss].ofPixels(await predict(models.autoencoder, images), images);
    const recorded = run.history.at(-1)?.valLoss as number;
    expect(Math.abs(loss - recorded) / recorded).toBeLessThan(1e-4);
  });

  it("has snapshots whose last one has the training error that its weights give", async () => {
    const of = (what: string) => tensor(readTable(bytesOf(name, runPaths.snapshots)), what).data;
    const training = pixels(dataset.train, range(0, Math.min(2000, run.dataset.split.train)));
    const outputs = await predict(models.autoencoder, training);
    const mse = meanSquaredError(outputs, training);
    expect(Math.abs((of("trainMse").at(-1) as number) - mse) / mse).toBeLessThan(1e-4);
  });

  it("has the test figures that its weights give, and the errors of every test image", async () => {
    const images = pixels(dataset.test, range(0, dataset.test.count));
    const perImage = imageMetrics(images, await predict(models.autoencoder, images), 28, 28);
    const test = summarizeMetrics(perImage, dataset.test.labels);
    expect(Math.abs(test.mse - run.test.mse) / run.test.mse).toBeLessThan(1e-4);
    expect(test.psnr).toBeCloseTo(run.test.psnr!, 2);
    expect(test.ssim).toBeCloseTo(run.test.ssim, 3);
    const errors = tensor(readTable(bytesOf(name, runPaths.testErrors)), "mse").data;
    expect(greatestDifference(errors, perImage.mse)).toBeLessThan(1e-4);
  });
});
