import { isDeepStrictEqual } from "node:util";
import { type Constant, type Graph, type Operation, operationsOf, type Value } from "./graph.ts";

/** TensorFlow's numbers for these types: enum DataType in types.proto. */
const [float, int32] = [1, 3];

/** What differs between two recordings of a function, in words; undefined where they compute the same. */
export function difference(first: Graph, second: Graph): string | undefined {
  const variablesOf = ({ assignments }: Graph) => assignments.map(({ variable }) => variable.name).join(", ") || "none";
  if (variablesOf(first) !== variablesOf(second)) {
    return `it moved the variables ${variablesOf(first)} in one call and ${variablesOf(second)} in the next`;
  }
  const [before, after] = [operationsOf(first), operationsOf(second)];
  const numbers = new Map<Operation, number>();
  for (const operations of [before, after]) {
    for (const [index, operation] of operations.entries()) numbers.set(operation, index);
  }
  for (const [index, one] of before.entries()) {
    const other = after[index];
    if (!other || one.name !== other.name || !isDeepStrictEqual(one.attributes, other.attributes)) {
      return `it executed ${inWords(one)} in one call and ${other ? inWords(other) : "nothing more"} in the next`;
    }
    for (const [at, value] of one.inputs.entries()) {
      const found = valuesDiffer(value, other.inputs[at] as Value, numbers);
      if (found) return `input ${at} of ${one.name} at ${one.calledAt} ${found}`;
    }
  }
  if (after.length > before.length) return `it executed ${inWords(after[before.length] as Operation)} in one call only`;
  const results = (graph: Graph) => [...graph.outputs, ...graph.assignments.map(({ value }) => value)];
  const others = results(second);
  const differs = results(first).findIndex((value, at) => valuesDiffer(value, others[at] as Value, numbers));
  return differs < 0 ? undefined : `result ${differs} came from elsewhere in the next call`;
}

function inWords({ name, attributes, calledAt }: Operation): string {
  return `${name} (${attributes.map((attribute) => `${attribute.name} ${attribute.value}`).join(", ")}) at ${calledAt}`;
}

function valuesDiffer(one: Value, other: Value, numbers: ReadonlyMap<Operation, number>): string | undefined {
  const elsewhere = `came from ${one.kind === other.kind ? "elsewhere" : `a ${other.kind} instead of a ${one.kind}`} in the next call`;
  switch (one.kind) {
    case "argument":
      return other.kind === "argument" && other.index === one.index ? undefined : elsewhere;
    case "variable":
      return other.kind === "variable" && other.variable === one.variable ? undefined : elsewhere;
    case "constant":
      return other.kind === "constant" ? constantsDiffer(one, other) : elsewhere;
    case "result": {
      const same = other.kind === "result" && numbers.get(one.operation) === numbers.get(other.operation);
      return same && one.output === other.output ? undefined : elsewhere;
    }
  }
}

function constantsDiffer(one: Constant, other: Constant): string | undefined {
  if (Buffer.compare(one.bytes, other.bytes) === 0 && isDeepStrictEqual(one.shape, other.shape)) return undefined;
  const shape = one.shape.length === 0 ? "a constant" : `a constant [${one.shape}]`;
  return `is ${shape}, made at ${one.madeAt}, that was ${shown(one)} in one call and ${shown(other)} in the next`;
}

function shown({ bytes, dtype, shape }: Constant): string {
  const { buffer } = bytes.slice();
  const values = dtype === float ? new Float32Array(buffer) : dtype === int32 ? new Int32Array(buffer) : bytes;
  return shape.length === 0 ? String(values[0]) : `${[...values.subarray(0, 3)].join(", ")}, …`;
}
