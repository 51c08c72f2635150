import { deflateSync } from "node:zlib";
import { greyByte, layerValues, type MapLayer } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import {
  codeIcon,
  encodePng,
  mapScales,
  type Pixels8,
  sheetOf,
  sheetPixels,
  stripOf,
  stripPixels,
  stripScales,
} from "@autoencoder/ui";
import { weightsKey } from "../../shared/run-addresses.ts";
import { answer, answering, refuse } from "../answers.ts";
import { forwardPass } from "../forward-pass.ts";
import { readRun } from "../run-store.ts";
import { readSamples, type Samples } from "../samples.ts";
import { filmOf, filmPng, readSnapshots } from "../snapshots.ts";
import { codePlane, codeSpread } from "../statistics/code-spread.ts";

/**
 * `/drawn/RUN/WEIGHTS/SAMPLE/strip.png` and `…/LAYER.png`: a recorded sample inside the network, for the first paint.
 * `/drawn/RUN/WEIGHTS/SAMPLE/icon.png`: the sample's code as the site's icon.
 * `/drawn/RUN/WEIGHTS/samples.png`: all recorded samples side by side, below them their reconstructions.
 * `/drawn/RUN/WEIGHTS/snapshots/DIGIT.png`: a digit and, beside it, how it was rebuilt at every snapshot of the training.
 * `/drawn/RUN/WEIGHTS/latents/plane`: the test digits' places on a map of the latent vectors, int16 pairs, ±32000 for ±1.
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
  if (sample === "latents") return latents(run, file);
  const samples = await readSamples(run);
  if (sample === "samples.png") return png(samplesSheet(samples));
  const index = samples.indices[Number(sample)];
  if (index === undefined || !/^\d+$/.test(sample)) return refuse(404, `there is no recorded sample ${sample}`);
  if (file === "icon.png") return png(icon(samples, Number(sample)));
  signal.throwIfAborted();
  const { layers, values } = await forwardPass(run, index);
  signal.throwIfAborted();
  if (file === "strip.png") return png(strip(layers, values));
  const layer = layers.find((known) => `${known.name}.png` === file);
  if (!layer) return refuse(404, `expected strip.png, icon.png or a layer's name but got ${file.slice(0, 80)}`);
  return png(sheet(layerValues(values, layer), layer.shape));
}

async function film(run: Run, file: string): Promise<Drawn | Response> {
  const snapshots = await readSnapshots(run);
  const digit = Number(/^(\d)\.png$/.exec(file)?.[1] ?? Number.NaN);
  if (snapshots?.indices[digit] === undefined) return refuse(404, `the run ${run.name} has no film of this name`);
  return { bytes: own(filmPng(await filmOf(snapshots, digit))), type: "image/png" };
}

async function latents(run: Run, file: string): Promise<Drawn | Response> {
  if (file !== "plane" && file !== "factor") {
    return refuse(404, `expected plane or factor but got ${file.slice(0, 80)}`);
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

function icon({ latents, latentSize }: Samples, sample: number): Pixels8 {
  return codeIcon(latents.subarray(sample * latentSize, (sample + 1) * latentSize));
}

function strip(layers: readonly MapLayer[], values: Float32Array): Pixels8 {
  return stripPixels(stripOf(layers), values, stripScales(layers, values));
}

function sheet(values: Float32Array, shape: MapLayer["shape"]): Pixels8 {
  return sheetPixels(sheetOf(shape), values, mapScales(values, shape));
}

/** Two rows of pictures, 28 pixels each. */
function samplesSheet({ count, originals, reconstructions }: Samples): Pixels8 {
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
