import { type Dataset, firstOfEachClass } from "@autoencoder/data";
import { imageMetrics, type MetricsSummary, summarizeMetrics, writeTable } from "@autoencoder/model";
import { writeKeras } from "@autoencoder/model/keras";
import type { Recipe } from "@autoencoder/model/recipes";
import { type EpochRecord, type Run, runPaths } from "@autoencoder/model/run";
import { type Autoencoder, getWeights, type WeightFormat, writeModel } from "@autoencoder/model/tfjs";
import { predict, type TrainingState } from "@autoencoder/model/training";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { activationStatistics } from "./activation-statistics.ts";
import { lossCurveSvg } from "./loss-curve.tsx";
import type { RunContents } from "./publish.ts";
import { rasterize } from "./rasterize.ts";
import { type Reconstructions, reconstructionsSvg } from "./reconstructions.ts";
import { type PcaOfRun, statisticsTable } from "./statistics.ts";

/** Recorded samples: this many test images of each digit. */
const samplesPerDigit = 10;

/** What is known of a run when its training has ended. */
export interface FinishedRun {
  name: string;
  models: Autoencoder;
  recipe: Recipe;
  outputBias: number;
  history: readonly EpochRecord[];
  /** Loss of every batch. */
  losses: readonly number[];
  /** Steps that the optimizer remembers, and what it does. */
  step: number;
  slots: TrainingState["slots"];
  /** The time now, ISO 8601, for the files that record when they were written. */
  savedAt: string;
}

/** A slim run holds the codes of all test digits only where these are pairs, which the site draws as points of a plane. */
const planeLength = 2;

/**
 * Every file of a run besides run.json, and its figures on the test images.
 * @param options.slim only what the site draws with: the page's weights, recorded samples, history
 */
export async function runContents(
  run: FinishedRun,
  dataset: Dataset,
  { pca, slim }: { pca: PcaOfRun; slim: boolean },
): Promise<{ contents: RunContents; test: Run["test"] }> {
  const { test } = dataset;
  await readWeights(run.models);
  const originals = test.floats(0, test.count);
  const latents = await predict(run.models.encoder, originals);
  const reconstructions = await predict(run.models.decoder, latents);
  const perImage = imageMetrics(originals, reconstructions, test.rows, test.columns);
  const samples = firstOfEachClass(test.labels, samplesPerDigit);
  const { size } = test;
  const latentSize = latents.length / test.count;
  const testLatents = writeTable({ latents: { dtype: "F16", shape: [test.count, latentSize], data: latents } });
  const f32 = (shape: number[], data: Float32Array) => ({ dtype: "F32" as const, shape, data });
  const figures = recorded(summarizeMetrics(perImage, test.labels));
  const shown: RunContents = {
    ...pageFiles(run),
    [runPaths.samples]: writeTable({
      indices: { dtype: "I32", shape: [samples.length], data: Int32Array.from(samples) },
      latents: f32([samples.length, latentSize], pick(latents, samples, latentSize)),
      reconstructions: f32([samples.length, test.rows, test.columns], pick(reconstructions, samples, size)),
    }),
    [runPaths.history]: historyCsv(run.history),
  };
  if (slim) {
    const points = latentSize === planeLength ? { [runPaths.testLatents]: testLatents } : {};
    return { contents: { ...shown, ...points }, test: figures };
  }
  const tables: RunContents = {
    ...shown,
    [runPaths.steps]: writeTable({ loss: f32([run.losses.length], Float32Array.from(run.losses)) }),
    [runPaths.testActivations]: await activationStatistics(run.models, run.recipe.spec, test),
    [runPaths.testLatents]: testLatents,
    [runPaths.testErrors]: writeTable({
      mse: f32([test.count], perImage.mse),
      psnr: f32([test.count], perImage.psnr),
      ssim: f32([test.count], perImage.ssim),
    }),
    [runPaths.statistics]: statisticsTable(dataset, pca, testLatents),
  };
  const items = [...firstOfEachClass(test.labels, 1)].map((index) => ({
    index,
    label: test.labels[index] as number,
    original: originals.subarray(index * size, (index + 1) * size),
    reconstruction: reconstructions.subarray(index * size, (index + 1) * size),
    mse: perImage.mse[index] as number,
  }));
  const pictures = drawPictures(run, { rows: test.rows, columns: test.columns, items });
  return { contents: { ...modelFiles(run), ...(await kerasFiles(run)), ...tables, ...pictures }, test: figures };
}

function drawPictures({ name, recipe, history }: FinishedRun, reconstructions: Reconstructions): RunContents {
  const curve = lossCurveSvg({ name, loss: recipe.loss, history });
  return {
    [runPaths.lossCurveSvg]: curve,
    [runPaths.lossCurvePng]: rasterize(curve),
    [runPaths.reconstructions]: rasterize(reconstructionsSvg(reconstructions, name)),
  };
}

/** Rows `indices` of a matrix of `width` columns. */
function pick(matrix: Float32Array, indices: Uint32Array, width: number): Float32Array {
  const rows = new Float32Array(indices.length * width);
  indices.forEach((index, row) => {
    rows.set(matrix.subarray(index * width, (index + 1) * width), row * width);
  });
  return rows;
}

/** WebGPU answers later, never at once: what was read is kept, and what writes the files then finds it. */
async function readWeights({ autoencoder }: Autoencoder): Promise<void> {
  await Promise.all(autoencoder.weights.map((weight) => weight.read().data()));
}

function modelFiles({ models }: FinishedRun): RunContents {
  const { encoder, decoder, autoencoder } = models;
  return {
    ...tfjsFiles("encoder", encoder, "float32"),
    ...tfjsFiles("decoder", decoder, "float32"),
    ...tfjsFiles("autoencoder", autoencoder, "float32"),
  };
}

/** What the site computes with: half the bytes. */
function pageFiles({ models: { encoder, decoder } }: FinishedRun): RunContents {
  return { ...tfjsFiles("page/encoder", encoder, "float16"), ...tfjsFiles("page/decoder", decoder, "float16") };
}

async function kerasFiles({ models, recipe, outputBias, step, slots, savedAt }: FinishedRun): Promise<RunContents> {
  const training = { ...recipe, slots, step };
  const contents = { weights: getWeights(models.autoencoder), outputBias, training, savedAt };
  return {
    [runPaths.kerasEncoder]: await writeKeras(recipe.spec, "encoder", contents),
    [runPaths.kerasDecoder]: await writeKeras(recipe.spec, "decoder", contents),
    [runPaths.kerasAutoencoder]: await writeKeras(recipe.spec, "autoencoder", contents),
  };
}

function tfjsFiles(folder: string, model: LayersModel, format: WeightFormat): RunContents {
  const { modelJson, weightsBin } = writeModel(model, format);
  return { [`${folder}/model.json`]: modelJson, [`${folder}/weights.bin`]: weightsBin };
}

function historyCsv(history: readonly EpochRecord[]): string {
  const rows = history.map((record) =>
    [record.epoch, record.loss, record.valLoss, record.seconds, record.imagesPerSecond, record.residentBytes].join(","),
  );
  return `${["epoch,loss,val_loss,seconds,images_per_second,resident_bytes", ...rows].join("\n")}\n`;
}

/** Figures as run.json has them: JSON has no infinity. */
function recorded({ perDigit, ...means }: MetricsSummary): Run["test"] {
  const finite = <Means extends { psnr: number }>(figures: Means) => ({
    ...figures,
    psnr: Number.isFinite(figures.psnr) ? figures.psnr : null,
  });
  return { ...finite(means), perDigit: perDigit.map(finite) };
}
