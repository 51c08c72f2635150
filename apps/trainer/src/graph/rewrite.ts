import type { Attribute, Binding } from "./binding.ts";
import type { Graph, Operation, Result, Value } from "./graph.ts";

/** Equal graphs that cost less: operations are replaced, one after the other, by others that give the same values. */

/**
 * What stands for an operation's only output, or undefined where the rule says nothing of it. Its inputs have been replaced
 * already.
 */
export type Rule = (operation: Operation, make: Make) => Value | undefined;

/** The graph with every operation replaced to which a rule applies; the first that does is taken. */
export function rewrite(graph: Graph, rules: readonly Rule[], binding: Binding): Graph {
  const replaced = new Map<Operation, Operation>();
  const shortcuts = new Map<Operation, Value>();
  const make = new Make(binding);
  const replace = (value: Value): Value => {
    if (value.kind !== "result") return value;
    const { operation } = value;
    if (!replaced.has(operation)) {
      const same = { ...operation, inputs: operation.inputs.map(replace) };
      replaced.set(operation, same);
      for (const rule of rules) {
        const shortcut = rule(same, make.at(operation, value));
        if (!shortcut) continue;
        shortcuts.set(operation, shortcut);
        break;
      }
    }
    return shortcuts.get(operation) ?? { ...value, operation: replaced.get(operation) as Operation };
  };
  return {
    ...graph,
    outputs: graph.outputs.map(replace),
    assignments: graph.assignments.map(({ variable, value }) => ({ variable, value: replace(value) })),
  };
}

/** Makes operations on float32 tensors for a rule. */
export class Make {
  private calledAt = "";
  /** Of the output of the operation that is looked at. */
  shape: readonly number[] = [];

  constructor(private readonly binding: Binding) {}

  at({ calledAt }: Operation, { shape }: Result): this {
    this.calledAt = calledAt;
    this.shape = shape;
    return this;
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

  /** [rows, columns] of whole numbers */
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
