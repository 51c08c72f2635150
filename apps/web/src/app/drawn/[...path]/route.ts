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
import { forwardPass } from "../../../server/forward-pass.ts";
import { refuse, refuseFor } from "../../../server/refusal.ts";
import { readRun } from "../../../server/run-store.ts";
import { readSamples, type Samples } from "../../../server/samples.ts";
import { filmOf, filmPng, readSnapshots } from "../../../server/snapshots.ts";
import { codePlane, codeSpread } from "../../../server/statistics/code-spread.ts";
import { weightsKey } from "../../../shared/run-addresses.ts";

/**
 * `/drawn/RUN/WEIGHTS/SAMPLE/strip.png` and `…/LAYER.png`: a recorded sample inside the network, for the first paint.
 * `/drawn/RUN/WEIGHTS/SAMPLE/icon.png`: the sample's code as the site's icon.
 * `/drawn/RUN/WEIGHTS/samples.png`: all recorded samples side by side, below them their reconstructions.
 * `/drawn/RUN/WEIGHTS/snapshots/DIGIT.png`: a digit and, beside it, how it was rebuilt at every snapshot of the training.
 * `/drawn/RUN/WEIGHTS/latents/plane`: the test digits' places on a map of the latent vectors, int16 pairs, ±32000 for ±1.
 * `/drawn/RUN/WEIGHTS/latents/factor`: the Cholesky factor of the latent vectors' covariance, float32, row by row.
 * WEIGHTS names the weights, so that an answer never changes.
 */
export async function GET(_: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const [name = "", weights, sample = "", file = ""] = (await context.params).path;
  try {
    const run = await readRun(name);
    if (weights !== weightsKey(run)) return refuse(404, "these weights are not the run's; load the page again");
    if (sample === "snapshots") return await film(run, file);
    if (sample === "latents") return await latents(run, file);
    const samples = await readSamples(run);
    if (sample === "samples.png") return png(samplesSheet(samples));
    const index = samples.indices[Number(sample)];
    if (index === undefined || !/^\d+$/.test(sample)) return refuse(404, `there is no recorded sample ${sample}`);
    if (file === "icon.png") return png(icon(samples, Number(sample)));
    const { layers, values } = await forwardPass(run, index);
    if (file === "strip.png") return png(strip(layers, values));
    const layer = layers.find((known) => `${known.name}.png` === file);
    if (!layer) return refuse(404, `expected strip.png, icon.png or a layer's name but got ${file}`);
    return png(sheet(layerValues(values, layer), layer.shape));
  } catch (error) {
    return refuseFor(error);
  }
}

async function film(run: Run, file: string): Promise<Response> {
  const snapshots = await readSnapshots(run);
  const digit = /^(\d)\.png$/.exec(file)?.[1];
  if (!snapshots || digit === undefined) return refuse(404, `there is no film ${file} of the run ${run.name}`);
  return send(filmPng(await filmOf(snapshots, Number(digit))), "image/png");
}

async function latents(run: Run, file: string): Promise<Response> {
  if (file !== "plane" && file !== "factor") return refuse(404, `expected plane or factor but got ${file}`);
  const numbers = file === "plane" ? (await codePlane(run)).points : (await codeSpread(run)).factor;
  return send(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), "application/octet-stream");
}

function png(pixels: Pixels8): Response {
  return send(encodePng(pixels, deflateSync), "image/png");
}

function send(bytes: Uint8Array, type: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": type, "cache-control": "public, max-age=31536000, immutable" },
  });
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
