import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import {
  type AutoencoderSpec,
  assignmentSpec,
  checkAutoencoder,
  countMultiplyAdds,
  countParameters,
  type LayerSpec,
  layerSizes,
  outputShape,
  printSummary,
  summarize,
  summarizeAutoencoder,
} from "../index.ts";
import { buildModel } from "../tfjs.ts";

/** The network as data: shapes, counts and summaries, against the assignment, hand counts and real tfjs layers. */

const spec = assignmentSpec();

/** name, output, values, parameters, formula, multiply-adds, uses of each weight, terms in one value; counted by hand. */
const encoder = [
  ["encoder_input", [28, 28, 1], 784, 0, "", 0, 0, 0],
  ["conv2d", [28, 28, 32], 25_088, 320, "(3·3·1 + 1)·32", 225_792, 784, 9],
  ["max_pooling2d", [14, 14, 32], 6_272, 0, "", 0, 0, 4],
  ["conv2d_1", [14, 14, 64], 12_544, 18_496, "(3·3·32 + 1)·64", 3_612_672, 196, 288],
  ["max_pooling2d_1", [7, 7, 64], 3_136, 0, "", 0, 0, 4],
  ["flatten", [3136], 3_136, 0, "", 0, 0, 1],
  ["latent_vector", [64], 64, 200_768, "(3136 + 1)·64", 200_704, 1, 3_136],
];
const decoder = [
  ["decoder_input", [64], 64, 0, "", 0, 0, 0],
  ["dense", [3136], 3_136, 203_840, "(64 + 1)·3136", 200_704, 1, 64],
  ["reshape", [7, 7, 64], 3_136, 0, "", 0, 0, 1],
  ["conv2d_2", [7, 7, 64], 3_136, 36_928, "(3·3·64 + 1)·64", 1_806_336, 49, 576],
  ["up_sampling2d", [14, 14, 64], 12_544, 0, "", 0, 0, 1],
  ["conv2d_3", [14, 14, 32], 6_272, 18_464, "(3·3·64 + 1)·32", 3_612_672, 196, 576],
  ["up_sampling2d_1", [28, 28, 32], 25_088, 0, "", 0, 0, 1],
  ["conv2d_4", [28, 28, 1], 784, 289, "(3·3·32 + 1)·1", 225_792, 784, 288],
];
const rows = (model: AutoencoderSpec["encoder"]) =>
  layerSizes(model).map(({ layer, output, values, parameters, formula, multiplyAdds, usesOfEachWeight, terms }) => [
    layer.name,
    output,
    values,
    parameters,
    formula,
    multiplyAdds,
    usesOfEachWeight,
    terms,
  ]);

describe("the assignment's network", () => {
  it("has the counts of a hand count, layer by layer", () => {
    expect(rows(spec.encoder)).toEqual(encoder);
    expect(rows(spec.decoder)).toEqual(decoder);
  });

  it("has 219,584 + 259,521 = 479,105 parameters and takes 9,884,672 multiply-adds", () => {
    expect([countParameters(spec.encoder), countParameters(spec.decoder)]).toEqual([219_584, 259_521]);
    expect(countMultiplyAdds(spec.encoder) + countMultiplyAdds(spec.decoder)).toBe(9_884_672);
  });

  it("makes 98,848 numbers for one digit, flatten and reshape being no new ones", () => {
    const made = [...layerSizes(spec.encoder), ...layerSizes(spec.decoder)].filter(
      ({ layer }) => !["Flatten", "Reshape"].includes(layer.className) && layer.name !== "decoder_input",
    );
    expect(made.reduce((sum, { values }) => sum + values, 0)).toBe(98_848);
  });

  it.each([2, 32, 64, 128])("with a code of %i has 77,633 + 6,273·L parameters", (latent) => {
    const { encoder, decoder } = assignmentSpec({ latent });
    expect(countParameters(encoder) + countParameters(decoder)).toBe(77_633 + 6_273 * latent);
  });
});

describe("the same network for pictures of 56 × 56", () => {
  it("has the same convolutions and Dense layers four times as large: 1,692,737 parameters", () => {
    const widen = (layer: LayerSpec): LayerSpec => {
      if (layer.className === "InputLayer" && layer.shape.length === 3) return { ...layer, shape: [56, 56, 1] };
      if (layer.name === "dense" && layer.className === "Dense") return { ...layer, units: 14 * 14 * 64 };
      if (layer.className === "Reshape") return { ...layer, targetShape: [14, 14, 64] };
      return layer;
    };
    const wide = {
      encoder: { ...spec.encoder, layers: spec.encoder.layers.map(widen) },
      decoder: { ...spec.decoder, layers: spec.decoder.layers.map(widen) },
    };
    checkAutoencoder(wide);
    expect(countParameters(wide.encoder) + countParameters(wide.decoder)).toBe(1_692_737);
  });
});

describe("summaries", () => {
  it("word and count the encoder as the assignment's printout does", () => {
    const { rows, total, trainable, nonTrainable } = summarize(spec.encoder);
    expect(rows.map(({ layer, outputShape, parameters }) => `${layer} ${outputShape} ${parameters}`)).toEqual([
      "encoder_input (InputLayer) [(None, 28, 28, 1)] 0",
      "conv2d (Conv2D) (None, 28, 28, 32) 320",
      "max_pooling2d (MaxPooling2D) (None, 14, 14, 32) 0",
      "conv2d_1 (Conv2D) (None, 14, 14, 64) 18496",
      "max_pooling2d_1 (MaxPooling2D) (None, 7, 7, 64) 0",
      "flatten (Flatten) (None, 3136) 0",
      "latent_vector (Dense) (None, 64) 200768",
    ]);
    expect([total, trainable, nonTrainable]).toEqual([219_584, 219_584, 0]);
  });

  it("word and count the decoder as the assignment's printout does", () => {
    const { rows, total } = summarize(spec.decoder);
    expect(rows.map(({ layer, outputShape, parameters }) => `${layer} ${outputShape} ${parameters}`)).toEqual([
      "decoder_input (InputLayer) [(None, 64)] 0",
      "dense (Dense) (None, 3136) 203840",
      "reshape (Reshape) (None, 7, 7, 64) 0",
      "conv2d_2 (Conv2D) (None, 7, 7, 64) 36928",
      "up_sampling2d (UpSampling2D) (None, 14, 14, 64) 0",
      "conv2d_3 (Conv2D) (None, 14, 14, 32) 18464",
      "up_sampling2d_1 (UpSampling2D) (None, 28, 28, 32) 0",
      "conv2d_4 (Conv2D) (None, 28, 28, 1) 289",
    ]);
    expect(total).toBe(259_521);
  });

  it("of the autoencoder have one line for each part", () => {
    const { rows, total } = summarizeAutoencoder(spec);
    expect(rows.map(({ layer }) => layer)).toEqual([
      "encoder_input (InputLayer)",
      "encoder (Functional)",
      "decoder (Functional)",
    ]);
    expect(total).toBe(479_105);
  });

  it("print as a table whose columns stand one below another", () => {
    const lines: string[] = [];
    printSummary(summarize(spec.encoder), (line) => lines.push(line));
    expect(lines[0]).toBe('Model: "encoder"');
    const table = lines.slice(4, 11);
    const columns = table.map((line) => line.search(/\[?\(None/));
    expect(new Set(columns).size).toBe(1);
    expect(lines).toContain("Total params: 219,584");
    expect(lines).toContain("Trainable params: 219,584");
  });
});

describe("shapes and counts equal those of tfjs's layers", () => {
  const layers: LayerSpec[] = [];
  for (const padding of ["same", "valid"] as const) {
    for (const kernel of [1, 2, 3, 5]) {
      for (const filters of [1, 7]) {
        const kernelSize: [number, number] = [kernel, kernel];
        layers.push({ className: "Conv2D", name: "layer", filters, kernelSize, padding, activation: "relu" });
      }
    }
    for (const pool of [2, 3])
      layers.push({ className: "MaxPooling2D", name: "layer", poolSize: [pool, pool], padding });
  }
  layers.push({ className: "UpSampling2D", name: "layer", size: [2, 3] }, { className: "Flatten", name: "layer" });
  for (const shape of [
    [28, 28, 1],
    [7, 7, 64],
    [9, 12, 3],
  ]) {
    it.each(layers.map((layer) => [JSON.stringify(layer), layer] as const))(
      `${shape.join("×")} into %s`,
      (_, layer) => {
        const model = { name: "model", layers: [{ className: "InputLayer" as const, name: "input", shape }, layer] };
        const real = buildModel(model);
        expect(outputShape(layer, shape)).toEqual(real.outputs[0]?.shape.slice(1));
        expect(countParameters(model)).toBe(real.countParams());
        real.dispose();
      },
    );
  }

  it("also for Dense and Reshape", () => {
    const model = {
      name: "model",
      layers: [
        { className: "InputLayer" as const, name: "input", shape: [5] },
        { className: "Dense" as const, name: "dense", units: 12, activation: "linear" as const },
        { className: "Reshape" as const, name: "reshape", targetShape: [2, 3, 2] },
      ],
    };
    const real = buildModel(model);
    expect(layerSizes(model).at(-1)?.output).toEqual(real.outputs[0]?.shape.slice(1));
    expect(countParameters(model)).toBe(real.countParams());
  });
});

describe("a network whose parts do not fit says where", () => {
  it("a third pooling: 3 comes back as 12, not 28", () => {
    const shapes: number[][] = [[7, 7, 64]];
    shapes.push([
      ...outputShape({ className: "MaxPooling2D", name: "p", poolSize: [2, 2], padding: "valid" }, shapes[0]),
    ]);
    const up: LayerSpec = { className: "UpSampling2D", name: "u", size: [2, 2] };
    for (let step = 0; step < 3; step++) shapes.push([...outputShape(up, shapes.at(-1))]);
    expect(shapes.map(([height]) => height)).toEqual([7, 3, 6, 12, 24]);
  });

  it("a Reshape of another size, a Dense on maps, a code of another length, a picture of another size", () => {
    expect(() => outputShape({ className: "Reshape", name: "reshape", targetShape: [7, 7, 32] }, [3136])).toThrow(
      "layer reshape: expected 1568 values for (None, 7, 7, 32) but got 3136 from (None, 3136)",
    );
    expect(() => outputShape({ className: "Dense", name: "d", units: 1, activation: "relu" }, [7, 7, 64])).toThrow(
      "layer d: expected a vector but got (None, 7, 7, 64); put a Flatten before it",
    );
    const wide = assignmentSpec({ latent: 32 });
    expect(() => checkAutoencoder({ encoder: spec.encoder, decoder: wide.decoder })).toThrow(
      "decoder input: expected the encoder's output (None, 64) but got (None, 32)",
    );
    const decoder = { ...spec.decoder, layers: spec.decoder.layers.filter(({ name }) => name !== "up_sampling2d_1") };
    expect(() => checkAutoencoder({ encoder: spec.encoder, decoder })).toThrow(
      "decoder output: expected the input's shape (None, 28, 28, 1) but got (None, 14, 14, 1)",
    );
  });
});
