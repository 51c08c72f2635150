import type { Attribute, Binding } from "./binding.ts";
import type { CallSite } from "./call-site.ts";
import type { Graph, Operation, Result, Value } from "./graph.ts";

/** Equal graphs that cost less: operations are replaced, one after the other, by others that give the same values. */

/**
 * What stands for an operation's only output, or undefined where the rule says nothing of it. Its inputs have been replaced
 * already.
 */
export type Rule = (operation: Operation, make: Make) => Value | undefined;

/** The graph with every operation replaced to which a rule applies; the first that does is taken. */
export function rewrite(graph: Graph, rules: readonly Rule[], binding: Binding): Graph {
  const operations = new Map<Operation, Operation>();
  const values = new Map<Value, Value>();
  const replaced = (value: Value): Value => {
    const done = values.get(value);
    if (done || value.kind !== "result") return done ?? value;
    const { operation } = value;
    const same = operations.get(operation) ?? { ...operation, inputs: operation.inputs.map(replaced) };
    operations.set(operation, same);
    const make = new Make(binding, value);
    const other = rules.reduce<Value | undefined>((found, rule) => found ?? rule(same, make), undefined);
    const found = other ?? { ...value, operation: same };
    values.set(value, found);
    return found;
  };
  return {
    ...graph,
    outputs: graph.outputs.map(replaced),
    assignments: graph.assignments.map(({ variable, value }) => ({ variable, value: replaced(value) })),
  };
}

/** Makes operations on float32 tensors, in the place of one. */
export class Make {
  /** Of the result that is to be replaced. */
  readonly shape: readonly number[];
  private readonly calledAt: CallSite;

  constructor(
    private readonly binding: Binding,
    { shape, operation }: Result,
  ) {
    this.shape = shape;
    this.calledAt = operation.calledAt;
  }

  /** @param shape of its output */
  result(
    name: string,
    inputs: readonly Value[],
    shape: readonly number[],
    attributes: readonly Attribute[] = [],
  ): Value {
    const typed = [this.type("T", this.binding.TF_FLOAT), ...attributes];
    const operation = { name, inputs, attributes: typed, calledAt: this.calledAt };
    return { kind: "result", operation, output: 0, shape, dtype: this.binding.TF_FLOAT };
  }

  integers(values: readonly number[]): Value {
    const bytes = new Uint8Array(Int32Array.from(values).buffer);
    return { kind: "constant", bytes, shape: [values.length], dtype: this.binding.TF_INT32, madeAt: this.calledAt };
  }

  /** [rows, columns] */
  table(rows: readonly (readonly number[])[]): Value {
    return { ...this.integers(rows.flat()), shape: [rows.length, rows[0]?.length ?? 0] };
  }

  scalar(value: number): Value {
    const bytes = new Uint8Array(Float32Array.of(value).buffer);
    return { kind: "constant", bytes, shape: [], dtype: this.binding.TF_FLOAT, madeAt: this.calledAt };
  }

  type(name: string, value: number): Attribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value };
  }

  int(name: string, value: number | readonly number[]): Attribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  string(name: string, value: string): Attribute {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }
}

/** The operation of this name whose result a value is. */
export function madeBy(value: Value | undefined, name: string): Operation | undefined {
  return value?.kind === "result" && value.operation.name === name ? value.operation : undefined;
}

/** An attribute's value by name. */
export function attribute({ attributes }: Operation, name: string): Attribute["value"] | undefined {
  return attributes.find((found) => found.name === name)?.value;
}
