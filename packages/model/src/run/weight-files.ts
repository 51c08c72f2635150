import { type Shape, sizeOf } from "../network/shapes.ts";
import { halfToFloat } from "./half.ts";

/** One trainable tensor: `conv2d/kernel`, row-major; conv kernels HWIO, dense kernels [in, out], as Keras has them. */
export interface NamedWeight {
  name: string;
  shape: Shape;
  data: Float32Array;
}
/** A model's trainable tensors in layer order, each kernel before its bias. */
export type NamedWeights = readonly NamedWeight[];

export interface Quantization {
  dtype: "float16";
  original_dtype: "float32";
}
/** One weight as `model.json` lists it. */
export interface ManifestEntry {
  name: string;
  shape: number[];
  dtype: "float32";
  quantization?: Quantization;
}

/**
 * The weights in a pair of tfjs-format files, as float32 whatever they were stored as.
 * @throws Error when the manifest is not one, or the bytes are not as many as it says.
 */
export function readWeights(modelJson: string, weightsBin: Uint8Array): NamedWeights {
  const manifest = (JSON.parse(modelJson) as { weightsManifest?: { weights: ManifestEntry[] }[] }).weightsManifest;
  const entries = manifest?.flatMap((group) => group.weights);
  if (!entries) throw new Error("model.json: expected a weightsManifest but it has none; write the run again");
  const sizes = entries.map((entry) => sizeOf(entry.shape) * bytesEach(entry));
  const expected = sizes.reduce((sum, size) => sum + size, 0);
  if (expected !== weightsBin.length) {
    throw new Error(`weights.bin: expected ${expected} bytes but got ${weightsBin.length}; write the run again`);
  }
  let offset = 0;
  return entries.map((entry, index) => {
    const size = sizes[index] as number;
    const data = decode(weightsBin.subarray(offset, offset + size), entry);
    offset += size;
    return { name: entry.name, shape: entry.shape, data };
  });
}

function bytesEach({ quantization }: ManifestEntry): number {
  return quantization ? 2 : 4;
}

function decode(bytes: Uint8Array, { shape, quantization }: ManifestEntry): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = sizeOf(shape);
  const data = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    data[index] = quantization ? halfToFloat(view.getUint16(index * 2, true)) : view.getFloat32(index * 4, true);
  }
  return data;
}
