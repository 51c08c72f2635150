import { deflateSync } from "node:zlib";
import { layerValues } from "@autoencoder/model";
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
import { weightsKey } from "../../../features/digit/recorded-digits.ts";
import type { Samples } from "../../../features/run/run-source.ts";
import { serverRun } from "../../../features/run/server-run.ts";
import { testDigitInside } from "../../../server/inside.ts";
import { filmOf, filmPng, readSnapshots } from "../../../server/snapshots.ts";

/**
 * `/drawn/RUN/WEIGHTS/SAMPLE/strip.png` and `…/LAYER.png`: a recorded sample inside the network, for the first paint.
 * `/drawn/RUN/WEIGHTS/SAMPLE/icon.png`: the sample's code as the site's icon.
 * `/drawn/RUN/WEIGHTS/samples.png`: all recorded samples side by side, below them their reconstructions.
 * `/drawn/RUN/WEIGHTS/snapshots/DIGIT.png`: a digit and, beside it, how it was rebuilt at every snapshot of the training.
 * WEIGHTS names the weights, so that an answer never changes.
 */
export async function GET(_: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const [name = "", weights, sample = "", file = ""] = (await context.params).path;
  const loaded = await serverRun(name);
  if (!loaded.ok) return refuse(loaded.status, loaded.problem);
  const { source } = loaded;
  if (weights !== weightsKey(source.run)) return refuse(404, "these weights are not the run's; load the page again");
  if (sample === "snapshots") return film(source.run, file);
  const samples = await source.samples();
  if (sample === "samples.png") return png(samplesSheet(samples));
  const index = samples.indices[Number(sample)];
  if (index === undefined || !/^\d+$/.test(sample)) return refuse(404, `there is no recorded sample ${sample}`);
  if (file === "icon.png") {
    const { latents, latentSize } = samples;
    return png(codeIcon(latents.subarray(Number(sample) * latentSize, (Number(sample) + 1) * latentSize)));
  }
  const { stages, all } = await testDigitInside(source.run, index);
  const stage = stages.find((known) => `${known.name}.png` === file);
  if (file !== "strip.png" && !stage)
    return refuse(404, `expected strip.png, icon.png or a layer's name but got ${file}`);
  return png(stage ? sheet(layerValues(all, stage), stage.shape) : strip(stages, all));
}

async function film(run: Run, file: string): Promise<Response> {
  const snapshots = await readSnapshots(run);
  const digit = /^(\d)\.png$/.exec(file)?.[1];
  if (!snapshots || digit === undefined) return refuse(404, `there is no film ${file} of the run ${run.name}`);
  return send(filmPng(await filmOf(snapshots, Number(digit))));
}

function png(pixels: Pixels8): Response {
  return send(encodePng(pixels, deflateSync));
}

function send(bytes: Uint8Array): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": "image/png", "cache-control": "public, max-age=31536000, immutable" },
  });
}

function strip(stages: Parameters<typeof stripOf>[0], all: Float32Array): Pixels8 {
  return stripPixels(stripOf(stages), all, stripScales(stages, all));
}

function sheet(values: Float32Array, shape: readonly [number, number, number]): Pixels8 {
  return sheetPixels(sheetOf(shape), values, mapScales(values, shape));
}

/** Two rows of pictures, 28 pixels each. */
function samplesSheet({ count, originals, reconstructions }: Samples): Pixels8 {
  const side = Math.sqrt(originals.length / count);
  const width = count * side;
  const data = new Uint8ClampedArray(2 * side * width);
  [originals, reconstructions].forEach((pictures, kind) => {
    pictures.forEach((value, at) => {
      const [sample, pixel] = [Math.floor(at / side ** 2), at % side ** 2];
      const row = kind * side + Math.floor(pixel / side);
      data[row * width + sample * side + (pixel % side)] = Math.round(value * 255);
    });
  });
  return { width, height: 2 * side, channels: 1, data };
}

function refuse(status: number, message: string): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${message}\n`, { status, headers });
}
