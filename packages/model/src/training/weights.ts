import * as tfc from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { floatToHalf } from "../run/half.ts";
import type { ManifestEntry, NamedWeights, Quantization } from "../run/weight-files.ts";

/** How weights are stored: exactly, or as half floats. */
export type WeightFormat = "float32" | "float16";

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
  const encoded = getWeights(model).map(({ name, shape, data }) => {
    const { bytes, quantization } = encode(data, format);
    const entry: ManifestEntry = { name, shape: [...shape], dtype: "float32" };
    return { bytes, entry: quantization ? { ...entry, quantization } : entry };
  });
  const weightsBin = new Uint8Array(encoded.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let offset = 0;
  for (const { bytes } of encoded) {
    weightsBin.set(bytes, offset);
    offset += bytes.length;
  }
  const modelJson = JSON.stringify({
    format: "layers-model",
    generatedBy: "a-digit-in-64-numbers",
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    weightsManifest: [{ paths: ["weights.bin"], weights: encoded.map(({ entry }) => entry) }],
  });
  return { modelJson, weightsBin };
}

function encode(data: Float32Array, format: WeightFormat): { bytes: Uint8Array; quantization?: Quantization } {
  const width = format === "float32" ? 4 : 2;
  const bytes = new Uint8Array(data.length * width);
  const view = new DataView(bytes.buffer);
  data.forEach((value, index) => {
    if (format === "float32") view.setFloat32(index * width, value, true);
    else view.setUint16(index * width, floatToHalf(value), true);
  });
  return format === "float32" ? { bytes } : { bytes, quantization: { dtype: "float16", original_dtype: "float32" } };
}
