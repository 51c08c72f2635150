import { unzipSync } from "fflate";
import h5wasm, { type Dataset, type Group } from "h5wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { assignmentSpec } from "../network/spec.ts";
import { freshWeights } from "../tfjs.ts";
import { type KerasPart, writeKeras } from "./write.ts";

/** The `.keras` files, taken apart. tests/native opens the committed ones in real Keras. */

const spec = assignmentSpec();
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
let state = 5;
const weights = freshWeights(spec, { random, outputBias: -1.5 });
const savedAt = "2026-01-02T03:04:05.678Z";
const values = weights.flatMap(({ data }) => [...data]);
const optimizer = { name: "adam", learningRate: 0.002, beta1: 0.8, beta2: 0.99, epsilon: 1e-6 } as const;
const moments = { m: Float32Array.from(values, (w) => w / 10), v: Float32Array.from(values, (w) => w * w) };
const training = { loss: "bce", optimizer, step: 8440, slots: moments } as const;

interface Opened {
  names: string[];
  metadata: { keras_version: string; date_saved: string };
  // biome-ignore lint/suspicious/noExplicitAny: a file of another program's format, looked into
  config: any;
  hdf5: InstanceType<typeof h5wasm.File>;
}
async function open(part: KerasPart): Promise<Opened> {
  const bytes = await writeKeras(spec, part, { weights, outputBias: -1.5, training, savedAt });
  const files = unzipSync(bytes);
  const json = (name: string) => JSON.parse(new TextDecoder().decode(files[name]));
  const { FS } = await h5wasm.ready;
  FS.writeFile(`/${part}.h5`, files["model.weights.h5"]!);
  const hdf5 = new h5wasm.File(`/${part}.h5`, "r");
  return { names: Object.keys(files), metadata: json("metadata.json"), config: json("config.json"), hdf5 };
}
/** Weights under a group of layers: [group, name of the layer, shapes]. */
function layersOf(file: Opened["hdf5"], path: string) {
  const layers = file.get(path) as Group;
  return layers.keys().map((key) => {
    const vars = file.get(`${path}/${key}/vars`) as Group;
    const shapes = vars.keys().map((index) => (vars.get(index) as Dataset).shape);
    return [key, vars.attrs.name?.value, ...shapes];
  });
}

describe("a .keras file", () => {
  let encoder: Opened;
  let decoder: Opened;
  let autoencoder: Opened;
  beforeAll(async () => {
    [encoder, decoder, autoencoder] = [await open("encoder"), await open("decoder"), await open("autoencoder")];
  });

  it("is a zip of metadata, config and weights", () => {
    expect(encoder.names).toEqual(["metadata.json", "config.json", "model.weights.h5"]);
    expect(encoder.metadata).toEqual({ keras_version: "3.15.1", date_saved: "2026-01-02@03:04:05" });
  });

  it("groups weights by class name with a counter, as Keras does, and names the layer on each", () => {
    expect(layersOf(encoder.hdf5, "layers")).toEqual([
      ["conv2d", "conv2d", [3, 3, 1, 32], [32]],
      ["conv2d_1", "conv2d_1", [3, 3, 32, 64], [64]],
      ["dense", "latent_vector", [3136, 64], [64]],
      ["flatten", "flatten"],
      ["input_layer", "encoder_input"],
      ["max_pooling2d", "max_pooling2d"],
      ["max_pooling2d_1", "max_pooling2d_1"],
    ]);
    // The decoder's own counter starts again: its first convolution, conv2d_2, is the group conv2d.
    expect(layersOf(autoencoder.hdf5, "layers/functional_1/layers")).toEqual([
      ["conv2d", "conv2d_2", [3, 3, 64, 64], [64]],
      ["conv2d_1", "conv2d_3", [3, 3, 64, 32], [32]],
      ["conv2d_2", "conv2d_4", [3, 3, 32, 1], [1]],
      ["dense", "dense", [64, 3136], [3136]],
      ["input_layer", "decoder_input"],
      ["reshape", "reshape"],
      ["up_sampling2d", "up_sampling2d"],
      ["up_sampling2d_1", "up_sampling2d_1"],
    ]);
  });

  it("holds the weights bit for bit", () => {
    const stored = (file: Opened, path: string) => (file.hdf5.get(path) as Dataset).value;
    const own = (name: string) => weights.find((weight) => weight.name === name)?.data;
    expect(stored(encoder, "layers/conv2d_1/vars/0")).toEqual(own("conv2d_1/kernel"));
    expect(stored(decoder, "layers/dense/vars/1")).toEqual(own("dense/bias"));
    expect(stored(autoencoder, "layers/functional_1/layers/conv2d_2/vars/1")).toEqual(own("conv2d_4/bias"));
  });

  it("describes layers in Keras's words, with the bias that the output started from", () => {
    const { layers, input_layers, output_layers } = decoder.config.config;
    expect(layers.map((layer: { class_name: string }) => layer.class_name)).toEqual(
      spec.decoder.layers.map(({ className }) => className),
    );
    expect(layers.at(-1).config).toMatchObject({
      name: "conv2d_4",
      filters: 1,
      kernel_size: [3, 3],
      padding: "same",
      activation: "sigmoid",
      kernel_initializer: { class_name: "GlorotUniform" },
      bias_initializer: { class_name: "Constant", config: { value: -1.5 } },
    });
    expect(layers.at(-1).inbound_nodes[0].args[0].config).toEqual({
      shape: [null, 28, 28, 32],
      dtype: "float32",
      keras_history: ["up_sampling2d_1", 0, 0],
    });
    expect([input_layers, output_layers]).toEqual([
      ["decoder_input", 0, 0],
      ["conv2d_4", 0, 0],
    ]);
  });

  it("says how the autoencoder was compiled, and leaves encoder and decoder without a loss", () => {
    expect(autoencoder.config.compile_config).toMatchObject({
      loss: "binary_crossentropy",
      optimizer: {
        class_name: "Adam",
        config: { learning_rate: 0.002, beta_1: 0.8, beta_2: 0.99, epsilon: 1e-6 },
      },
    });
    for (const part of [encoder, decoder]) {
      expect(part.config.compile_config).toBeUndefined();
      expect(part.hdf5.get("optimizer")).toBeNull();
    }
  });

  it("is compiled with whole numbers as floats, which Python tells from integers", async () => {
    const sgd = { name: "sgd", learningRate: 1, momentum: 0, nesterov: false } as const;
    const other = { ...training, optimizer: sgd, slots: {} };
    const bytes = await writeKeras(spec, "autoencoder", { weights, outputBias: 0, training: other, savedAt });
    const text = new TextDecoder().decode(unzipSync(bytes)["config.json"]);
    expect(text).toContain(
      '"class_name":"SGD","config":{"name":"sgd","learning_rate":1.0,"momentum":0.0,"nesterov":false}',
    );
  });

  it("is compiled with AdamW where that trained it", async () => {
    const adamw = { ...optimizer, name: "adamw", weightDecay: 0.004 } as const;
    const other = { ...training, optimizer: adamw };
    const bytes = await writeKeras(spec, "autoencoder", { weights, outputBias: 0, training: other, savedAt });
    const config = JSON.parse(new TextDecoder().decode(unzipSync(bytes)["config.json"]));
    expect(config.compile_config.optimizer).toMatchObject({
      class_name: "AdamW",
      config: { learning_rate: 0.002, beta_1: 0.8, beta_2: 0.99, epsilon: 1e-6, weight_decay: 0.004 },
    });
  });

  it("holds step, learning rate and each weight's two moments as the optimizer's variables", () => {
    const vars = autoencoder.hdf5.get("optimizer/vars") as Group;
    const read = (index: number) => (vars.get(String(index)) as Dataset).value;
    expect(vars.keys().length).toBe(2 + 2 * weights.length);
    expect(read(0)).toBe(8440n);
    expect(read(1)).toBeCloseTo(0.002, 9);
    const kernel = weights.findIndex(({ name }) => name === "conv2d_3/kernel");
    const own = weights[kernel]!.data;
    expect(read(2 + 2 * kernel)).toEqual(own.map((w) => w / 10));
    expect(read(3 + 2 * kernel)).toEqual(own.map((w) => w * w));
  });
});
