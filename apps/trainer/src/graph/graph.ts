import type { Variable } from "@tensorflow/tfjs-core";
import type { Attribute } from "./binding.ts";
import type { CallSite } from "./call-site.ts";

/** What a function computes, as TensorFlow's operations: recorded once, written as a graph, replayed. */

/** A tensor that flows through a graph. */
export type Value = Argument | Constant | VariableValue | Result;

interface Typed {
  readonly shape: readonly number[];
  /** TensorFlow's number for the type. */
  readonly dtype: number;
}

/** What the caller gives with each call. */
export interface Argument extends Typed {
  readonly kind: "argument";
  readonly index: number;
}

/** The same in each call. */
export interface Constant extends Typed {
  readonly kind: "constant";
  /** Little-endian, as TensorFlow keeps them in memory. */
  readonly bytes: Uint8Array;
  readonly madeAt: CallSite;
}

/** A variable's value when the call begins. */
export interface VariableValue extends Typed {
  readonly kind: "variable";
  readonly variable: Variable;
}

/** One of the outputs of an operation. */
export interface Result extends Typed {
  readonly kind: "result";
  readonly operation: Operation;
  readonly output: number;
}

export interface Operation {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly Value[];
  readonly calledAt: CallSite;
}

/** A variable's value when the call ends. */
export interface Assignment {
  readonly variable: Variable;
  readonly value: Value;
}

export interface Graph {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly outputs: readonly Value[];
  readonly assignments: readonly Assignment[];
}

/** The operations that outputs and assignments need, each after those whose results it takes. */
export function operationsOf({ outputs, assignments }: Pick<Graph, "outputs" | "assignments">): Operation[] {
  const found = new Set<Operation>();
  const visit = (value: Value): void => {
    if (value.kind !== "result" || found.has(value.operation)) return;
    value.operation.inputs.forEach(visit);
    found.add(value.operation);
  };
  outputs.forEach(visit);
  for (const { value } of assignments) visit(value);
  return [...found];
}

/** All values that a graph takes from outside its operations. */
export function leavesOf(graph: Graph): Exclude<Value, Result>[] {
  const values = [...operationsOf(graph).flatMap(({ inputs }) => inputs), ...graph.outputs];
  for (const { value } of graph.assignments) values.push(value);
  return [...new Set(values)].filter((value) => value.kind !== "result");
}
