import { type Shape, sizeOf } from "../network/shapes.ts";
import { shown, strangeness } from "../words.ts";
import { RunFault } from "./fault.ts";
import { halfToFloat } from "./half.ts";
import { isObject, parseObject, storedSize } from "./stored-json.ts";

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

/** Characters of a model.json; those of our networks have 4,000. */
const mostModelJson = 1_000_000;
const mostWeights = 1000;
const mend = "write the run again";

/**
 * The weights in a pair of tfjs-format files, as float32 whatever they were stored as.
 * @throws RunFault when the manifest is not one, or the bytes are not as many as it says.
 */
export function readWeights(modelJson: string, weightsBin: Uint8Array): NamedWeights {
  const entries = manifestOf(modelJson);
  const sizes = entries.map((entry) => sizeOf(entry.shape) * bytesEach(entry));
  const expected = sizes.reduce((sum, size) => sum + size, 0);
  if (expected !== weightsBin.length) {
    throw new RunFault({ file: "weights.bin", expected: `${expected} bytes`, came: `got ${weightsBin.length}`, mend });
  }
  let offset = 0;
  return entries.map((entry, index) => {
    const size = sizes[index] as number;
    const data = decode(weightsBin.subarray(offset, offset + size), entry);
    const strange = data.find((value) => !Number.isFinite(value));
    if (strange !== undefined) {
      const field = `weight ${entry.name}`;
      const came = strangeness(strange);
      throw new RunFault({ file: "weights.bin", field, expected: "finite numbers", came, mend });
    }
    offset += size;
    return { name: entry.name, shape: entry.shape, data };
  });
}

/** All weights as one flat vector, in their order. */
export function joinWeights(weights: NamedWeights): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(weights.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of weights) {
    flat.set(data, at);
    at += data.length;
  }
  return flat;
}

/** What `model.json` says of its weights, in their order. */
function manifestOf(modelJson: string): ManifestEntry[] {
  const what = "a tfjs model";
  const { weightsManifest: groups } = parseObject(modelJson, { what, most: mostModelJson, file: "model.json", mend });
  if (!Array.isArray(groups)) return refuse("weightsManifest", "a list", `got ${shown(groups)}`);
  const weights = groups.flatMap((group) =>
    isObject(group) && Array.isArray(group.weights) ? group.weights : [group],
  );
  if (weights.length > mostWeights) {
    return refuse("weightsManifest", `at most ${mostWeights} weights`, `got ${weights.length}`);
  }
  const entries = weights.map(manifestEntry);
  const repeated = entries.find(({ name }, at) => entries.findIndex((entry) => entry.name === name) !== at);
  if (repeated) return refuse(`weight ${repeated.name}`, "one weight of each name", "got two");
  return entries;
}

function manifestEntry(entry: unknown, at: number): ManifestEntry {
  const field = `weight ${at}`;
  if (!isObject(entry)) return refuse(field, "name, shape and dtype", `got ${shown(entry)}`);
  const { name, shape, dtype, quantization } = entry;
  if (typeof name !== "string" || name.length > 200) return refuse(field, "a name", `got ${shown(name)}`);
  if (storedSize(shape) === undefined) return refuse(name, "a shape of whole lengths from 0", `got ${shown(shape)}`);
  if (dtype !== "float32") return refuse(name, "dtype float32", `got ${shown(dtype)}`);
  const stored = { name, shape: shape as number[], dtype } as const;
  if (quantization === undefined) return stored;
  if (!isObject(quantization) || quantization.dtype !== "float16") {
    const got = isObject(quantization) ? quantization.dtype : quantization;
    return refuse(name, "a quantization to float16", `got ${shown(got)}`);
  }
  return { ...stored, quantization: { dtype: "float16", original_dtype: "float32" } };
}

function refuse(field: string, expected: string, came: string): never {
  throw new RunFault({ file: "model.json", field, expected, came, mend });
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
