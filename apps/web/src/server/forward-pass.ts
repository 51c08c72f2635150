import { floatsOf } from "@autoencoder/data";
import { forward, type MapLayer, mapLayersOf, readWeights, type WeightsByName } from "@autoencoder/model";
import { type Run, runPaths, weightsBeside } from "@autoencoder/model/run";
import { testPixels } from "./mnist.ts";
import { readRunFile } from "./run-store.ts";

/** Every number that a network computes for one digit, and the weights that it computes with: those of the page. */
export interface ForwardPass {
  layers: readonly MapLayer[];
  weights: WeightsByName;
  /** The values of all layers, one layer after the other; `layerValues` takes those of one. */
  values: Float32Array;
}

/** Digits that were computed, by the network's files and test image; the oldest goes when there are many. */
const computed = new Map<string, Promise<ForwardPass>>();
const mostKept = 50;

/** A test image's way through a run's network. @param index its place among the test images @throws RunProblem */
export function forwardPass(run: Run, index: number): Promise<ForwardPass> {
  const hashes = run.files.filter(({ path }) => path.startsWith("page/")).map(({ sha256 }) => sha256);
  const key = `${hashes.join()} ${index}`;
  const known = computed.get(key);
  if (known) return known;
  const pass = compute(run, index);
  computed.set(key, pass);
  pass.catch(() => computed.delete(key)); // the next request tries again
  const [oldest] = computed.keys();
  if (computed.size > mostKept && oldest) computed.delete(oldest);
  return pass;
}

async function compute(run: Run, index: number): Promise<ForwardPass> {
  const pixels = floatsOf(await testPixels(index));
  const models = await Promise.all([runPaths.pageEncoder, runPaths.pageDecoder].map((path) => weightsOf(run, path)));
  const weights = new Map(models.flat().map(({ name, data }) => [name, data]));
  const layers = mapLayersOf(run.spec);
  return { layers, weights, values: forward(layers, weights, pixels) };
}

async function weightsOf(run: Run, path: string) {
  const [model, weights] = await Promise.all([readRunFile(run, path), readRunFile(run, weightsBeside(path))]);
  return readWeights(new TextDecoder().decode(model.bytes), weights.bytes);
}
