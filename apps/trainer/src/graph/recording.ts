import * as tf from "@tensorflow/tfjs-core";
import { type Attribute, type Handle, idOf, type NodeBackend, type Values } from "./binding.ts";
import { CallSite } from "./call-site.ts";
import type { Argument, Constant, Graph, Operation, Value, VariableValue } from "./graph.ts";
import { type Listener, Tap } from "./tap.ts";

/** A function as it is recorded: its name stands in errors. */
export interface Recordable {
  name: string;
  f: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

/** What a call computes. */
export interface Recording {
  graph: Graph;
  /**
   * The outputs of a call that made variables of its own, as an optimizer's first step does: it cannot be taken back. Any
   * other call is, and leaves the variables as they were.
   */
  outputs?: tf.Tensor[];
}

/**
 * Calls a function and notes every operation that it has TensorFlow execute.
 * @throws Error that names what keeps it from being a function of its arguments and variables
 */
export function record({ name, f }: Recordable, inputs: readonly tf.Tensor[], backend: NodeBackend): Recording {
  let graph: Graph | undefined;
  const outputs = tf.tidy(() => {
    const given = inputs.map((input) => copyOf(input, backend));
    const variables = separateVariables(backend);
    const notes = new Notes(name, { backend, given, variables });
    const found = Tap.of(backend).listen(notes, () => {
      const list = listOf(f(...given), name);
      graph = notes.graph(list);
      return list;
    });
    const madeVariables = Object.keys(tf.engine().registeredVariables).some((key) => !variables.has(key));
    if (!madeVariables) {
      for (const { variable, before } of variables.values()) if (!variable.isDisposed) variable.assign(before);
      return [];
    }
    // A variable would be disposed of with the outputs.
    return found.map((output) => (output instanceof tf.Variable ? output.clone() : output));
  });
  return { graph: graph as Graph, ...(outputs.length > 0 && { outputs }) };
}

function listOf(outputs: unknown, name: string): tf.Tensor[] {
  const list: unknown[] = Array.isArray(outputs) ? outputs : [outputs];
  const tensors = list.filter((output) => output instanceof tf.Tensor);
  if (tensors.length === list.length && list.length > 0) return tensors;
  const came = outputs instanceof Promise ? "a promise" : String(outputs);
  throw new Error(`function ${name}: expected it to return tensors but got ${came}; return what it computes`);
}

/** A tensor of the same values under an id of its own: two arguments may be one tensor in this call and two in the next. */
function copyOf(tensor: tf.Tensor, backend: NodeBackend): tf.Tensor {
  const { TF_ATTR_TYPE } = backend.binding;
  return backend.executeSingleOutput(
    "Identity",
    [{ name: "T", type: TF_ATTR_TYPE, value: typeOf(tensor, backend) }],
    [tensor],
  );
}

function typeOf({ dtype }: tf.Tensor, { binding }: NodeBackend): number {
  const types: Partial<Record<tf.DataType, number>> = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    bool: binding.TF_BOOL,
  };
  const type = types[dtype];
  if (type === undefined)
    throw new Error(`expected a tensor of float32, int32 or bool but got ${dtype}; convert it first`);
  return type;
}

/** A variable and its value before the call. */
interface Before {
  variable: tf.Variable;
  before: tf.Tensor;
  id: number;
}

/**
 * All variables by name, each with data that no tensor but `before` shares: of a tensor that it began with, for one, it gets
 * a copy. What is read under the variable's id is then the variable.
 */
function separateVariables(backend: NodeBackend): ReadonlyMap<string, Before> {
  const found = new Map<string, Before>();
  for (const [name, variable] of Object.entries(tf.engine().registeredVariables)) {
    if (variable.dtype === "string" || variable.dtype === "complex64") continue;
    if (backend.refCount(variable.dataId) > 1) variable.assign(copyOf(variable, backend));
    const id = Tap.of(backend).real(idOf(backend, variable));
    found.set(name, { variable, id, before: variable.clone() });
  }
  return found;
}

/** Operations that draw from a state of their own: a graph would draw other numbers than eager calls do from the same seed. */
const stateful = /^(Multinomial|Random|TruncatedNormal|ParameterizedTruncatedNormal)/;

/** What is there when a call begins. */
interface Surroundings {
  backend: NodeBackend;
  given: readonly tf.Tensor[];
  variables: ReadonlyMap<string, Before>;
}

/** What a call computes, by the ids of its tensors. */
class Notes implements Listener {
  private readonly values = new Map<number, Value>();
  private readonly arguments: Argument[];
  private readonly backend: NodeBackend;
  private readonly variables: readonly Before[];
  private refusal: Error | undefined;

  constructor(
    private readonly name: string,
    { backend, given, variables }: Surroundings,
  ) {
    this.backend = backend;
    this.variables = [...variables.values()];
    this.arguments = given.map((input, index) => {
      const argument: Argument = { kind: "argument", index, shape: input.shape, dtype: typeOf(input, backend) };
      this.values.set(idOf(backend, input), argument);
      return argument;
    });
    for (const { variable, id } of this.variables) {
      const value: VariableValue = {
        kind: "variable",
        variable,
        shape: variable.shape,
        dtype: typeOf(variable, backend),
      };
      this.values.set(id, value);
    }
  }

  created({ id, shape, dtype }: Handle, values: Values): void {
    if (Array.isArray(values)) return; // texts; an operation that takes one is refused
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const constant: Constant = { kind: "constant", shape, dtype, bytes, madeAt: new CallSite() };
    this.values.set(id, constant);
  }

  executed(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: readonly Handle[],
  ): void {
    const calledAt = new CallSite();
    if (stateful.test(name)) {
      this.refuse(`draws random numbers with ${name} at ${calledAt}`, "draw them with statelessUniform and a seed");
    }
    if (outputs.length === 0) this.refuse(`executes ${name} at ${calledAt}, which returns nothing`, "call it outside");
    const operation: Operation = {
      name,
      attributes: attributes.map((attribute) => ({ ...attribute })),
      inputs: inputs.map((id, at) => {
        const value = this.values.get(id);
        if (value) return value;
        const what = `input ${at} of ${name} at ${calledAt} is neither an argument nor a variable`;
        return this.refuse(`uses a tensor from outside: ${what}`, "hand it over as an argument");
      }),
      calledAt,
    };
    for (const [output, { id, shape, dtype }] of outputs.entries()) {
      this.values.set(id, { kind: "result", operation, output, shape, dtype });
    }
  }

  read(): void {
    this.refuse(`reads a tensor's values at ${new CallSite()}`, "return the tensor and read it outside");
  }

  /** What the call computed, once it has ended. */
  graph(outputs: readonly tf.Tensor[]): Graph {
    if (this.refusal) throw this.refusal; // thrown where nobody waited for it
    const found = (tensor: tf.Tensor, what: string): Value => {
      const value = this.values.get(idOf(this.backend, tensor));
      return value ?? this.refuse(`gives ${what} a tensor from outside`, "hand it over as an argument");
    };
    const moved = this.variables.filter(
      ({ variable, id }) => !variable.isDisposed && idOf(this.backend, variable) !== id,
    );
    return {
      name: this.name,
      arguments: this.arguments,
      outputs: outputs.map((output, at) => found(output, `as output ${at}`)),
      assignments: moved.map(({ variable }) => ({
        variable,
        value: found(variable, `the variable ${variable.name}`),
      })),
    };
  }

  private refuse(does: string, mend: string): never {
    this.refusal = new Error(
      `function ${this.name}: expected a function of its arguments and of variables but it ${does}; ${mend}`,
    );
    throw this.refusal;
  }
}
