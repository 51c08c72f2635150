import * as tfc from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { floatToHalf, halfToFloat } from "./half.ts";
import { type Shape, sizeOf } from "./shapes.ts";

/** One trainable tensor: `conv2d/kernel`, row-major; conv kernels HWIO, dense kernels [in, out], as Keras has them. */
export interface NamedWeight {
  name: string;
  shape: Shape;
  data: Float32Array;
}
/** A model's trainable tensors in layer order, each kernel before its bias. */
export type NamedWeights = readonly NamedWeight[];

/** How weights are stored: exactly, as half floats, or as 256 steps between each tensor's least and greatest value. */
export type WeightFormat = "float32" | "float16" | "uint8";

type Quantization =
  | { dtype: "float16"; original_dtype: "float32" }
  | { dtype: "uint8"; min: number; scale: number; original_dtype: "float32" };
interface ManifestEntry {
  name: string;
  shape: number[];
  dtype: "float32";
  quantization?: Quantization;
}

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

/**
 * The weights in a pair of tfjs-format files, as float32 whatever they were stored as.
 * @throws Error when the manifest is not one, or the bytes are not as many as it says.
 */
export function readWeights(modelJson: string, weightsBin: Uint8Array): NamedWeights {
  const manifest = (JSON.parse(modelJson) as { weightsManifest?: { weights: ManifestEntry[] }[] }).weightsManifest;
  const entries = manifest?.flatMap((group) => group.weights);
  if (!entries) throw new Error("model.json: expected a weightsManifest but it has none; write the run again");
  const widths = entries.map((entry) => sizeOf(entry.shape) * bytesEach(entry));
  const expected = widths.reduce((sum, width) => sum + width, 0);
  if (expected !== weightsBin.length) {
    throw new Error(`weights.bin: expected ${expected} bytes but got ${weightsBin.length}; write the run again`);
  }
  let offset = 0;
  return entries.map((entry, index) => {
    const width = widths[index] as number;
    const data = decode(weightsBin.subarray(offset, offset + width), entry);
    offset += width;
    return { name: entry.name, shape: entry.shape, data };
  });
}

function bytesEach({ quantization }: ManifestEntry): number {
  if (quantization === undefined) return 4;
  return quantization.dtype === "float16" ? 2 : 1;
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

function decode(bytes: Uint8Array, { shape, quantization }: ManifestEntry): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = sizeOf(shape);
  const data = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    if (quantization === undefined) data[index] = view.getFloat32(index * 4, true);
    else if (quantization.dtype === "float16") data[index] = halfToFloat(view.getUint16(index * 2, true));
    else data[index] = (bytes[index] as number) * quantization.scale + quantization.min;
  }
  return data;
}
