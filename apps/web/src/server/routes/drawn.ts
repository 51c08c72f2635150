import { promisify } from "node:util";
import { deflateSync, gzip } from "node:zlib";
import { greyByte, layerValues, type MapLayer } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import {
  codeIcon,
  codePreview,
  encodePng,
  mapScales,
  type Pixels8,
  type Strip,
  sheetOf,
  sheetPixels,
  stripOf,
  stripPixels,
  stripScales,
  uprightOf,
} from "@autoencoder/ui";
import { weightsKey } from "../../shared/run-addresses.ts";
import { answer, answering, refuse } from "../answers.ts";
import { filmFrames } from "../film.ts";
import { forwardPass } from "../forward-pass.ts";
import { readRun } from "../run-store.ts";
import { readSamples, type Samples } from "../samples.ts";
import { filmOf, filmPng, readSnapshots } from "../snapshots.ts";
import { codePlane, codeSpread } from "../statistics/code-spread.ts";
import { errorStripPicture } from "../statistics/error-strip.ts";
import { sheetOfTwo } from "../statistics/plane-of-two.ts";

/**
 * `/drawn/RUN/WEIGHTS/SAMPLE/strip.png`, `…/upright.png` and `…/LAYER.png`: a recorded sample inside the network, for the first paint.
 * `/drawn/RUN/WEIGHTS/SAMPLE/icon.png`: the sample's code as the site's icon.
 * `/drawn/RUN/WEIGHTS/SAMPLE/preview.png`: the sample, its code and the sample rebuilt: what a link is announced with.
 * `/drawn/RUN/WEIGHTS/samples.png`: all recorded samples side by side, below them their reconstructions.
 * `/drawn/RUN/WEIGHTS/ten.png`: the same of the first sample of each digit.
 * `/drawn/RUN/WEIGHTS/errors.png`: the recorded error of every test digit as a dot, a row for each digit.
 * `/drawn/RUN/WEIGHTS/snapshots/DIGIT.png`: a digit and, beside it, how it was rebuilt at every snapshot of the training.
 * `/drawn/RUN/WEIGHTS/film/frames.gz`: pictures, histograms and live maps of the training's film, a table packed by gzip.
 * `/drawn/RUN/WEIGHTS/latents/plane`: the test digits' places on a map of the latent vectors, int16 pairs, ±32000 for ±1.
 * `/drawn/RUN/WEIGHTS/latents/sheet.png`: of a run whose code is two numbers, what is painted all over their plane.
 * `/drawn/RUN/WEIGHTS/latents/factor`: the Cholesky factor of the latent vectors' covariance, float32, row by row.
 * WEIGHTS names the weights, so that an answer never changes.
 */
export function answerDrawn(request: Request, path: readonly string[]): Promise<Response> {
  return answering(request, async () => {
    const drawn = await drawnOf(path, request.signal);
    return drawn instanceof Response ? drawn : answer(request, { ...drawn, keep: "forever" });
  });
}

type Drawn = { bytes: Uint8Array<ArrayBuffer>; type: string };

/** What an address names, or why there is no such thing. @param signal ends the work between its steps */
async function drawnOf(path: readonly string[], signal: AbortSignal): Promise<Drawn | Response> {
  const [name = "", weights, sample = "", file = ""] = path;
  const run = await readRun(name);
  if (weights !== weightsKey(run)) return refuse(404, "these weights are not the run's; load the page again");
  signal.throwIfAborted();
  if (sample === "snapshots") return film(run, file);
  if (sample === "film") return frames(run, file);
  if (sample === "latents") return latents(run, file);
  if (sample === "errors.png") return png(await errorStripPicture(run));
  const samples = await readSamples(run);
  if (sample === "samples.png") return png(samplesSheet(samples));
  if (sample === "ten.png") return png(samplesSheet(firstOfEach(samples)));
  const index = samples.indices[Number(sample)];
  if (index === undefined || !/^\d+$/.test(sample)) return refuse(404, `there is no recorded sample ${sample}`);
  if (file === "icon.png") return png(codeIcon(samplePart(samples, Number(sample), samples.latents)));
  if (file === "preview.png") return png(preview(samples, Number(sample)));
  signal.throwIfAborted();
  const { layers, values } = await forwardPass(run, index);
  signal.throwIfAborted();
  if (file === "strip.png") return png(strip(stripOf(layers), values));
  if (file === "upright.png") return png(strip(uprightOf(layers), values));
  const layer = layers.find((known) => `${known.name}.png` === file);
  if (!layer)
    return refuse(
      404,
      `expected strip.png, upright.png, icon.png, preview.png or a layer's name but got ${file.slice(0, 80)}`,
    );
  return png(sheet(layerValues(values, layer), layer.shape));
}

async function film(run: Run, file: string): Promise<Drawn | Response> {
  const snapshots = await readSnapshots(run);
  const digit = Number(/^(\d)\.png$/.exec(file)?.[1] ?? Number.NaN);
  if (snapshots?.indices[digit] === undefined) return refuse(404, `the run ${run.name} has no film of this name`);
  return { bytes: own(filmPng(await filmOf(snapshots, digit))), type: "image/png" };
}

async function frames(run: Run, file: string): Promise<Drawn | Response> {
  const table = file === "frames.gz" ? await filmFrames(run) : undefined;
  if (!table) return refuse(404, `the run ${run.name} has no film of this name`);
  return { bytes: own(await promisify(gzip)(table)), type: "application/gzip" };
}

async function latents(run: Run, file: string): Promise<Drawn | Response> {
  if (file === "sheet.png") return png(await sheetOfTwo(run));
  if (file !== "plane" && file !== "factor") {
    return refuse(404, `expected plane, factor or sheet.png but got ${file.slice(0, 80)}`);
  }
  const numbers = file === "plane" ? (await codePlane(run)).points : (await codeSpread(run)).factor;
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return { bytes: own(bytes), type: "application/octet-stream" };
}

function png(pixels: Pixels8): Drawn {
  return { bytes: own(encodePng(pixels, deflateSync)), type: "image/png" };
}

/** Bytes in memory that no worker shares: what a Response takes. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function preview(samples: Samples, sample: number): Pixels8 {
  const { originals, latents, reconstructions } = samples;
  const rebuilt = Float32Array.from(samplePart(samples, sample, reconstructions), greyByte);
  return codePreview(samplePart(samples, sample, originals), samplePart(samples, sample, latents), rebuilt);
}

/** What a table of all samples holds of one. */
function samplePart<Values extends Float32Array | Uint8Array>({ count }: Samples, sample: number, all: Values): Values {
  const size = all.length / count;
  return all.subarray(sample * size, (sample + 1) * size) as Values;
}

function strip(strip: Strip, values: Float32Array): Pixels8 {
  const layers = strip.blocks.map(({ layer }) => layer);
  return stripPixels(strip, values, stripScales(layers, values));
}

function sheet(values: Float32Array, shape: MapLayer["shape"]): Pixels8 {
  return sheetPixels(sheetOf(shape), values, mapScales(values, shape));
}

type Pictures = Pick<Samples, "count" | "originals" | "reconstructions">;

/** The first sample of each digit, from 0 to 9. */
function firstOfEach(samples: Samples): Pictures {
  const firsts = [...new Set(samples.labels)].sort((a, b) => a - b).map((label) => samples.labels.indexOf(label));
  return {
    count: firsts.length,
    originals: Uint8Array.from(firsts.flatMap((at) => [...samplePart(samples, at, samples.originals)])),
    reconstructions: Float32Array.from(firsts.flatMap((at) => [...samplePart(samples, at, samples.reconstructions)])),
  };
}

/** Two rows of pictures, 28 pixels each. */
function samplesSheet({ count, originals, reconstructions }: Pictures): Pixels8 {
  const side = Math.sqrt(originals.length / count);
  const width = count * side;
  const data = new Uint8ClampedArray(2 * side * width);
  const rows = [originals, reconstructions.map(greyByte)];
  rows.forEach((pictures, kind) => {
    pictures.forEach((byte, at) => {
      const [sample, pixel] = [Math.floor(at / side ** 2), at % side ** 2];
      const row = kind * side + Math.floor(pixel / side);
      data[row * width + sample * side + (pixel % side)] = byte;
    });
  });
  return { width, height: 2 * side, channels: 1, data };
}
