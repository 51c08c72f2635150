import type { Variable } from "@tensorflow/tfjs-core";
import type { Attribute, Binding } from "./binding.ts";
import { type Constant, type Graph, leavesOf, operationsOf, type Value } from "./graph.ts";
import { bytes, type Field, float, integer, integers, joined, message } from "./protobuf.ts";

/** The tag under which a SavedModel holds its graph. */
export const tag = "serve";

/** Where a variable is found in a written graph. Names are `node:output`. */
export interface PlacedVariable {
  variable: Variable;
  /** Its value when a call begins is used. */
  read: boolean;
  /** A call gives it a new value. */
  assigned: boolean;
  /** A value fed to `input` is in place when `done` has been fetched. */
  input: string;
  done: string;
  /** Fetches its value. */
  value: string;
}

/** A graph as a SavedModel. */
export interface SavedModel {
  /** The file saved_model.pb. */
  file: Uint8Array;
  /** A name for each argument and each output, in their order. An output is there only after all assignments. */
  inputs: string[];
  outputs: string[];
  variables: PlacedVariable[];
}

/**
 * A graph as TensorFlow's SavedModel, which the addon loads: arguments are placeholders, variables are resource variables,
 * which keep their values from call to call. Field numbers are those of the .proto files in tensorflow/core, whose names
 * the functions below carry.
 * @param unique sets this graph's variables apart from those of other graphs in the process
 */
export function writeSavedModel(graph: Graph, binding: Binding, unique: string): SavedModel {
  const write = new GraphWriter(binding);
  const variables = writeVariables(write, graph, unique);
  const inputs = graph.arguments.map((argument) => {
    const name = write.node(`argument_${argument.index}`, "Placeholder", [], [write.type("dtype", argument.dtype)]);
    write.names.set(argument, name);
    return `${name}:0`;
  });
  for (const leaf of leavesOf(graph)) if (leaf.kind === "constant") write.constant(leaf);
  operationsOf(graph).forEach((operation, index) => {
    const attributes = operation.attributes.map((attribute) => write.attribute(attribute));
    const from = operation.inputs.map((value) => write.nameOf(value));
    write.operations.set(operation, write.node(`${operation.name}_${index}`, operation.name, from, attributes));
  });
  const assigned = graph.assignments.map(({ variable, value }) => {
    const [name, wasRead] = write.handleOf(variable);
    // The old value has to be read before the new one takes its place.
    const from = [name, write.nameOf(value), ...(wasRead ? [`^${name}/read`] : [])];
    return write.node(`${name}/assign`, "AssignVariableOp", from, [write.type("dtype", value.dtype)]);
  });
  const outputs = graph.outputs.map((value, index) => {
    const from = [write.nameOf(value), ...assigned.map((name) => `^${name}`)];
    return `${write.node(`output_${index}`, "Identity", from, [write.type("T", value.dtype)])}:0`;
  });
  const metaInfo = message(1, [bytes(4, tag)]);
  const metaGraph = message(2, [metaInfo, message(2, write.nodes)]);
  return { file: joined([integer(1, 1), metaGraph]), inputs, outputs, variables };
}

/** Handles, and for each variable a way in and a way out besides the call itself. */
function writeVariables(write: GraphWriter, graph: Graph, unique: string): PlacedVariable[] {
  const read = new Map(leavesOf(graph).flatMap((leaf) => (leaf.kind === "variable" ? [[leaf.variable, leaf]] : [])));
  const written = new Set(graph.assignments.map(({ variable }) => variable));
  return [...new Set([...read.keys(), ...written])].map((variable, index) => {
    const value = read.get(variable);
    const dtype = write.dtypeOf(variable);
    const name = `variable_${index}`;
    write.node(
      name,
      "VarHandleOp",
      [],
      [write.type("dtype", dtype), write.shape("shape", variable.shape), write.string("shared_name", unique + name)],
    );
    write.handles.set(variable, [name, value !== undefined]);
    write.node(`${name}/read`, "ReadVariableOp", [name], [write.type("dtype", dtype)]);
    if (value) write.names.set(value, `${name}/read`);
    write.node(`${name}/input`, "Placeholder", [], [write.type("dtype", dtype)]);
    write.node(`${name}/set`, "AssignVariableOp", [name, `${name}/input`], [write.type("dtype", dtype)]);
    write.node(`${name}/done`, "Identity", [`${name}/input`, `^${name}/set`], [write.type("T", dtype)]);
    write.node(`${name}/value`, "Identity", [`${name}/read`], [write.type("T", dtype)]);
    const places = { input: `${name}/input:0`, done: `${name}/done:0`, value: `${name}/value:0` };
    return { variable, read: value !== undefined, assigned: written.has(variable), ...places };
  });
}

/** GraphDef, NodeDef, AttrValue, TensorProto and TensorShapeProto. */
class GraphWriter {
  /** Fields of the GraphDef. */
  readonly nodes: Field[] = [];
  readonly names = new Map<Value, string>();
  readonly operations = new Map<unknown, string>();
  /** The handle's name, and whether the variable's first value is read. */
  readonly handles = new Map<Variable, [name: string, read: boolean]>();
  private constants = 0;

  constructor(private readonly binding: Binding) {}

  /** @returns the node's name */
  node(name: string, operation: string, inputs: readonly string[], attributes: readonly Field[]): string {
    const fields = [bytes(1, name), bytes(2, operation), ...inputs.map((input) => bytes(3, input)), ...attributes];
    this.nodes.push(message(1, fields));
    return name;
  }

  nameOf(value: Value): string {
    const name = value.kind === "result" ? this.operations.get(value.operation) : this.names.get(value);
    if (name === undefined) throw new Error(`graph: a ${value.kind} has no node; this is a defect of the writer`);
    return value.kind === "result" && value.output > 0 ? `${name}:${value.output}` : name;
  }

  handleOf(variable: Variable): [name: string, read: boolean] {
    return this.handles.get(variable) as [string, boolean];
  }

  dtypeOf({ dtype, name }: Variable): number {
    if (dtype === "float32") return this.binding.TF_FLOAT;
    if (dtype === "int32") return this.binding.TF_INT32;
    throw new Error(`variable ${name}: expected float32 or int32 but got ${dtype}; keep it out of the function`);
  }

  constant(constant: Constant): void {
    const { dtype, shape, bytes: content } = constant;
    const tensor = message(8, [integer(1, dtype), message(2, dimensions(shape)), bytes(4, content)]);
    const attributes = [this.type("dtype", dtype), entry("value", tensor)];
    this.names.set(constant, this.node(`constant_${this.constants++}`, "Const", [], attributes));
  }

  type(name: string, dtype: number): Field {
    return entry(name, integer(6, dtype));
  }

  string(name: string, value: string): Field {
    return entry(name, bytes(2, value));
  }

  shape(name: string, shape: readonly number[]): Field {
    return entry(name, message(7, dimensions(shape)));
  }

  attribute({ name, type, value }: Attribute): Field {
    const { TF_ATTR_STRING, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_TYPE, TF_ATTR_SHAPE } = this.binding;
    if (type === TF_ATTR_STRING) return this.string(name, String(value));
    if (type === TF_ATTR_SHAPE) return this.shape(name, value as readonly number[]);
    const list = typeof value === "object" ? value : undefined;
    if (type === TF_ATTR_INT) return entry(name, list ? message(1, [integers(3, list)]) : integer(3, value as number));
    if (type === TF_ATTR_FLOAT)
      return entry(
        name,
        list
          ? message(
              1,
              list.map((part) => float(4, Number(part))),
            )
          : float(4, value as number),
      );
    if (type === TF_ATTR_BOOL) return entry(name, list ? message(1, [integers(5, list)]) : integer(5, Boolean(value)));
    if (type === TF_ATTR_TYPE) return entry(name, list ? message(1, [integers(6, list)]) : integer(6, value as number));
    throw new Error(`attribute ${name}: expected a type that the addon knows but got ${type}`);
  }
}

/** An attribute of a node: an entry of a map from name to AttrValue. */
function entry(name: string, value: Field): Field {
  return message(5, [bytes(1, name), message(2, [value])]);
}

/** TensorShapeProto's fields. */
function dimensions(shape: readonly number[]): Field[] {
  return shape.map((size) => message(2, [integer(1, size)]));
}
