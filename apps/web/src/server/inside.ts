import { forward, type MapLayer, mapLayersOf, readWeights, type WeightsByName } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { mnist } from "./mnist.ts";
import { readRunFile } from "./run-store.ts";

/** All numbers of one digit, computed with the weights that the page computes with. */
export interface Inside {
  stages: readonly MapLayer[];
  weights: WeightsByName;
  all: Float32Array;
}

/** Digits that were computed, by weights and test image; the oldest goes when there are many. */
const computed = new Map<string, Promise<Inside>>();
const most = 50;

/** A test image's way through a run's network. @param index its place among the test images @throws RunProblem */
export function testDigitInside(run: Run, index: number): Promise<Inside> {
  const hashes = run.files.filter(({ path }) => path.startsWith("page/")).map(({ sha256 }) => sha256);
  const key = `${hashes.join()} ${index}`;
  const known = computed.get(key);
  if (known) return known;
  const inside = compute(run, index);
  computed.set(key, inside);
  inside.catch(() => computed.delete(key)); // the next request tries again
  const [oldest] = computed.keys();
  if (computed.size > most && oldest) computed.delete(oldest);
  return inside;
}

async function compute(run: Run, index: number): Promise<Inside> {
  const { test } = await mnist();
  const pixels = test.floats(index);
  const parts = await Promise.all([runPaths.pageEncoder, runPaths.pageDecoder].map((path) => weightsOf(run, path)));
  const weights = new Map(parts.flat().map(({ name, data }) => [name, data]));
  const stages = mapLayersOf(run.spec);
  return { stages, weights, all: forward(stages, weights, pixels) };
}

async function weightsOf(run: Run, path: string) {
  const [model, weights] = await Promise.all([
    readRunFile(run, path),
    readRunFile(run, path.replace(/model\.json$/, "weights.bin")),
  ]);
  return readWeights(new TextDecoder().decode(model.bytes), weights.bytes);
}
