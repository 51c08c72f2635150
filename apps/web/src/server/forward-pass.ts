import { floatsOf } from "@autoencoder/data";
import { forward, type MapLayer, mapLayersOf, type WeightsByName } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { contentKey } from "./cached.ts";
import { testPixels } from "./mnist.ts";
import { RunProblem, readRunWeights } from "./run-store.ts";

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
  const key = `${contentKey(run)} ${index}`;
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
  const models = await Promise.all(
    [runPaths.pageEncoder, runPaths.pageDecoder].map((path) => readRunWeights(run, path)),
  );
  const weights = new Map(models.flat().map(({ name, data }) => [name, data]));
  const layers = mapLayersOf(run.spec);
  if (layers[0]?.values !== pixels.length) {
    const sizes = `expected a network for ${pixels.length} pixels but its input has ${layers[0]?.values}`;
    throw new RunProblem("BROKEN", `the run "${run.name}" cannot compute MNIST's digits: ${sizes}`);
  }
  return { layers, weights, values: forward(layers, weights, pixels) };
}
