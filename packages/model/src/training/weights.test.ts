import "@tensorflow/tfjs-backend-cpu";
import { io, loadLayersModel } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { layerSizes } from "../network/parameters.ts";
import { assignmentSpec } from "../network/spec.ts";
import { readWeights } from "../run/weight-files.ts";
import { activations, buildAutoencoder, freshWeights, logit, setWeights, writeModel } from "../tfjs.ts";

const spec = assignmentSpec();
const halves = () => {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
const weights = freshWeights(spec, { random: halves(), outputBias: -1.895 });
beforeAll(() => tf.setBackend("cpu"));

describe("fresh weights", () => {
  it("are Glorot uniform in every kernel, zero in every bias but the last", () => {
    for (const { name, shape, data } of weights) {
      if (name.endsWith("bias")) {
        const start = name === "conv2d_4/bias" ? Math.fround(-1.895) : 0;
        expect([...new Set(data)], name).toEqual([start]);
        continue;
      }
      const window = shape.length === 4 ? shape[0]! * shape[1]! : 1;
      const limit = Math.sqrt(6 / (window * (shape.at(-2)! + shape.at(-1)!)));
      const greatest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
      expect(greatest, name).toBeLessThanOrEqual(limit);
      expect(greatest, name).toBeGreaterThan(limit * 0.97);
      expect(variance / (limit ** 2 / 3), name).toBeGreaterThan(0.85); // of a uniform distribution: limit² / 3
      expect(variance / (limit ** 2 / 3), name).toBeLessThan(1.15);
    }
  });

  it("start an output at the mean pixel: logit(0.1307) is −1.8948", () => {
    expect(logit(0.1307)).toBeCloseTo(-1.8948, 4);
  });
});

describe("tfjs-format files", () => {
  const models = buildAutoencoder(spec);
  beforeAll(() => setWeights(models.autoencoder, weights));

  it("give float32 weights back bit for bit, by name and in layer order", () => {
    const { modelJson, weightsBin } = writeModel(models.autoencoder, "float32");
    const read = readWeights(modelJson, weightsBin);
    expect(read.map(({ name, shape }) => ({ name, shape }))).toEqual(
      weights.map(({ name, shape }) => ({ name, shape })),
    );
    const bytes = ({ data }: { data: Float32Array }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    for (const [index, tensor] of read.entries()) {
      expect(bytes(tensor).equals(bytes(weights[index]!)), tensor.name).toBe(true);
    }
    expect(weightsBin.length).toBe(1_916_420);
  });

  it("name their layers alike, however many networks the process has built before", () => {
    for (const model of [models.autoencoder, buildAutoencoder(spec).autoencoder]) {
      const { modelJson } = writeModel(model, "float32");
      const { config } = JSON.parse(modelJson).modelTopology;
      expect(config.layers.map(({ name }: { name: string }) => name)).toEqual(["encoder_input", "encoder", "decoder"]);
      expect(config.input_layers).toEqual([["encoder_input", 0, 0]]);
    }
  });

  it("hold half as many bytes in float16, within half a unit in the last of 11 bits", () => {
    const { modelJson, weightsBin } = writeModel(models.autoencoder, "float16");
    expect(weightsBin.length).toBe(958_210);
    readWeights(modelJson, weightsBin).forEach(({ name, data }, index) => {
      const exact = weights[index]!.data;
      const far = (value: number, at: number) =>
        !(Math.abs(value - exact[at]!) <= Math.max(Math.abs(exact[at]!) * 2 ** -11, 2 ** -25));
      expect(data.findIndex(far), name).toBe(-1);
    });
  });

  it.each(["float32", "float16"] as const)("in %s open in stock tfjs with the values that we read", async (format) => {
    const { modelJson, weightsBin } = writeModel(models.decoder, format);
    const { modelTopology, weightsManifest } = JSON.parse(modelJson);
    const weightSpecs = weightsManifest[0].weights;
    const stock = await loadLayersModel(
      io.fromMemory({ modelTopology, weightSpecs, weightData: weightsBin.slice().buffer as ArrayBuffer }),
    );
    const ours = readWeights(modelJson, weightsBin);
    stock.getWeights().forEach((tensor, index) => {
      expect(tensor.shape).toEqual(ours[index]!.shape);
      const far = (value: number, at: number) => !(Math.abs(value - ours[index]!.data[at]!) <= 1e-6);
      expect(tensor.dataSync().findIndex(far)).toBe(-1);
    });
  });

  it("that are cut short or of another network are refused in one line", () => {
    const { modelJson, weightsBin } = writeModel(models.encoder, "float32");
    expect(() => readWeights(modelJson, weightsBin.subarray(4))).toThrow(
      "weights.bin: expected 878336 bytes but got 878332; write the run again",
    );
    expect(() => setWeights(models.decoder, readWeights(modelJson, weightsBin))).toThrow(
      "weights: expected dense/kernel of 64 × 3136 but it is missing",
    );
    const other = buildAutoencoder(assignmentSpec({ latent: 32 }));
    expect(() => setWeights(other.encoder, weights)).toThrow(
      "weights: expected latent_vector/kernel of 3136 × 32 but got 3136 × 64",
    );
  });
});

describe("activations", () => {
  it("are one for every layer, of the shape that the spec gives it, the last equal to the model's output", () => {
    const { encoder } = buildAutoencoder(spec);
    const image = tf.randomUniform([1, 28, 28, 1], 0, 1, "float32", 5);
    const outputs = activations(encoder, image);
    const layers = layerSizes(spec.encoder);
    expect([...outputs.keys()]).toEqual(layers.map(({ layer }) => layer.name));
    for (const { layer, output } of layers) expect(outputs.get(layer.name)?.shape).toEqual([1, ...output]);
    const code = (encoder.predict(image) as tf.Tensor).dataSync();
    expect(outputs.get("latent_vector")?.dataSync()).toEqual(code);
  });
});
