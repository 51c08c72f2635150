import * as tfc from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { floatToHalf } from "../run/half.ts";
import type { ManifestEntry, NamedWeights, Quantization } from "../run/weight-files.ts";

export type { NamedWeights } from "../run/weight-files.ts";

/** How weights are stored: exactly, as half floats, or as 256 steps between each tensor's least and greatest value. */
export type WeightFormat = "float32" | "float16" | "uint8";

/** A model's variables in layer order; a nested model's stand where the model stands. */
export function trainableVariables(model: LayersModel): tfc.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tfc.Variable);
}

/** Names of a model's weights in layer order: `conv2d/kernel`. */
export function weightNames(model: LayersModel): string[] {
  // tfjs makes names unique within a process ("conv2d/kernel_1"); the part after the layer's name is what we need.
  return model.trainableWeights.map((weight) => weight.originalName);
}

/** Copies a model's weights out. */
export function getWeights(model: LayersModel): NamedWeights {
  const names = weightNames(model);
  return model.trainableWeights.map((weight, index) => {
    const tensor = weight.read();
    return { name: names[index] as string, shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) };
  });
}

/** Fills a model with weights of these names. @throws Error when a weight is missing or has another shape. */
export function setWeights(model: LayersModel, weights: NamedWeights): void {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  const names = weightNames(model);
  model.trainableWeights.forEach((variable, index) => {
    const name = names[index] as string;
    const weight = byName.get(name);
    const expected = variable.shape.join(" × ");
    if (!weight) throw new Error(`weights: expected ${name} of ${expected} but it is missing`);
    if (weight.shape.join(" × ") !== expected) {
      throw new Error(`weights: expected ${name} of ${expected} but got ${weight.shape.join(" × ")}`);
    }
    const tensor = tfc.tensor(weight.data, [...weight.shape], "float32");
    variable.write(tensor);
    tensor.dispose();
  });
}

/** The two files of a tfjs layers model. */
export interface ModelFiles {
  /** Text of `model.json`; it names `weights.bin`. */
  modelJson: string;
  weightsBin: Uint8Array;
}

/** A model as tfjs-format files, which stock `tf.loadLayersModel` opens. */
export function writeModel(model: LayersModel, format: WeightFormat = "float32"): ModelFiles {
  const parts = getWeights(model).map(({ name, shape, data }) => {
    const { bytes, quantization } = encode(data, format);
    const entry: ManifestEntry = { name, shape: [...shape], dtype: "float32" };
    return { bytes, entry: quantization ? { ...entry, quantization } : entry };
  });
  const weightsBin = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let offset = 0;
  for (const { bytes } of parts) {
    weightsBin.set(bytes, offset);
    offset += bytes.length;
  }
  const modelJson = JSON.stringify({
    format: "layers-model",
    generatedBy: "a-digit-in-64-numbers",
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    weightsManifest: [{ paths: ["weights.bin"], weights: parts.map(({ entry }) => entry) }],
  });
  return { modelJson, weightsBin };
}

function encode(data: Float32Array, format: WeightFormat): { bytes: Uint8Array; quantization?: Quantization } {
  if (format === "float32") {
    const bytes = new Uint8Array(data.length * 4);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < data.length; index++) view.setFloat32(index * 4, data[index] as number, true);
    return { bytes };
  }
  if (format === "float16") {
    const bytes = new Uint8Array(data.length * 2);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < data.length; index++)
      view.setUint16(index * 2, floatToHalf(data[index] as number), true);
    return { bytes, quantization: { dtype: "float16", original_dtype: "float32" } };
  }
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const scale = max > min ? (max - min) / 255 : 1;
  const bytes = Uint8Array.from(data, (value) => Math.round((value - min) / scale));
  return { bytes, quantization: { dtype: "uint8", min, scale, original_dtype: "float32" } };
}
