import type { Tensor } from "@tensorflow/tfjs-core";

/** tfjs-node's backend and the addon under it, as far as recording and replaying need them. Neither has types of its own. */

/** Values as the addon takes and gives them; of strings it gives an array of bytes each. */
export type Values = Float32Array | Int32Array | Uint8Array | Uint8Array[];

/** A tensor of the addon: its number, which is never used again, and what it holds. */
export interface Handle {
  id: number;
  shape: number[];
  /** TensorFlow's number for the type. */
  dtype: number;
}

/** An attribute of a TensorFlow operation, with the number of its type. */
export interface Attribute {
  name: string;
  type: number;
  value: string | number | boolean | readonly number[] | readonly boolean[];
}

export interface Binding {
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  createTensor(shape: readonly number[], dtype: number, values: Values): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
  executeOp(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number): Handle[];
  loadSavedModel(folder: string, tags: string): number;
  /** Names are `node:output`, joined by commas. */
  runSavedModel(model: number, inputs: readonly number[], inputNames: string, outputNames: string): Handle[];
  deleteSavedModel(model: number): void;
}

/** What the backend keeps of a tensor's data. While `values` are there, the addon has not been given them yet. */
interface StoredData {
  id: number;
  values: Values | null;
}

export interface NodeBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { has(dataId: object): boolean; get(dataId: object): StoredData };
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(handle: Handle): Tensor;
  refCount(dataId: object): number;
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor;
}

/** The number by which the addon knows a tensor; hands its values over where that has not been done. */
export function idOf(backend: NodeBackend, tensor: Tensor): number {
  return backend.getInputTensorIds([tensor])[0] as number;
}
