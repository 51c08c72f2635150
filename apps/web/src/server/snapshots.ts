import { deflateSync } from "node:zlib";
import { byteMeanSquaredError, tensor } from "@autoencoder/model";
import { type Run, runPaths, snapshotVitals } from "@autoencoder/model/run";
import { encodePng } from "@autoencoder/ui";
import { testPixels } from "./mnist.ts";
import { readRunTable } from "./run-store.ts";

/** What was measured at each snapshot; docs/artifact-format.md says over what. */
const measurements = ["trainMse", "gradientNorm", ...snapshotVitals] as const;
export type SnapshotMeasurement = (typeof measurements)[number];

/** A moment of a training. `gradientNorm` is NaN before the first step. */
export type Moment = { readonly step: number } & Readonly<Record<SnapshotMeasurement, number>>;

/** What a run's network did in the middle of its training. */
export interface Snapshots {
  readonly moments: readonly Moment[];
  readonly stepsPerEpoch: number;
  /** Numbers of the test images that were rebuilt, the first of each digit. */
  readonly indices: readonly number[];
  /** [moments, digits, pixels], 0 to 255 */
  readonly pictures: Uint8Array;
}

/** A run's snapshots; undefined where it was trained without. @throws RunProblem when the file is damaged */
export async function readSnapshots(run: Run): Promise<Snapshots | undefined> {
  if (!run.files.some(({ path }) => path === runPaths.snapshots)) return undefined;
  const table = await readRunTable(run, runPaths.snapshots);
  const columns = measurements.map((name) => [name, tensor(table, name).data] as const);
  const moments = Array.from(tensor(table, "step").data, (step, at) => {
    return { step, ...Object.fromEntries(columns.map(([name, data]) => [name, data[at] as number])) } as Moment;
  });
  return {
    moments,
    stepsPerEpoch: Math.ceil(run.dataset.split.train / run.recipe.batchSize),
    indices: Array.from(tensor(table, "indices").data),
    pictures: Uint8Array.from(tensor(table, "reconstructions").data),
  };
}

/** One digit's pictures, [count, pixels]: as MNIST has it, then as it was rebuilt at every moment. */
export async function filmOf({ moments, indices, pictures }: Snapshots, digit: number): Promise<Uint8Array[]> {
  const original = await testPixels(indices[digit] as number);
  const size = original.length;
  const rebuilt = moments.map((_, moment) => {
    const first = (moment * indices.length + digit) * size;
    return pictures.subarray(first, first + size);
  });
  return [original, ...rebuilt];
}

/** The pictures of a film side by side, as PNG. */
export function filmPng(film: readonly Uint8Array[]): Uint8Array {
  const side = Math.sqrt(film[0]?.length ?? 0);
  const width = film.length * side;
  const data = new Uint8ClampedArray(width * side);
  film.forEach((picture, frame) => {
    picture.forEach((byte, at) => {
      data[Math.floor(at / side) * width + frame * side + (at % side)] = byte;
    });
  });
  return encodePng({ width, height: side, channels: 1, data }, deflateSync);
}

/** Of every digit, the MSE of its picture at each moment; and how large a film is, in bytes, on average. */
export async function filmErrors(snapshots: Snapshots): Promise<{ errors: number[][]; meanBytes: number }> {
  const films = await Promise.all(snapshots.indices.map((_, digit) => filmOf(snapshots, digit)));
  const errors = films.map(([original, ...rebuilt]) =>
    rebuilt.map((picture) => byteMeanSquaredError(original as Uint8Array, picture)),
  );
  return { errors, meanBytes: films.reduce((sum, film) => sum + filmPng(film).length, 0) / films.length };
}
