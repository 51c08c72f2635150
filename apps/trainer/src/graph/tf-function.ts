import * as tf from "@tensorflow/tfjs-core";
import type { NodeBackend } from "./binding.ts";
import { difference } from "./compare.ts";
import { fasterForms } from "./faster-forms.ts";
import type { Graph } from "./graph.ts";
import { record } from "./recording.ts";
import { Session } from "./session.ts";
import { Tap } from "./tap.ts";

export interface TfFunctionOptions {
  /** Graphs that are kept, one for each combination of argument shapes; calls with further shapes stay eager. Default 8. */
  mostGraphs?: number;
  /** Is told, once, when there are more. Default console.warn. */
  warn?: (line: string) => void;
}

/** A function that is replayed as a graph. */
export type TfFunction<F> = F & { dispose(): void };

/** A graph for arguments of one combination of shapes, and the call that it was made from until another has confirmed it. */
interface Trace {
  session: Session;
  unconfirmed?: Graph | undefined;
}

/**
 * `tf.function` for TensorFlow.js in Node: a function of tensors that is executed as one TensorFlow graph.
 *
 * The first call with arguments of some shapes runs `f` and notes what it has TensorFlow execute, then takes back what it did
 * to variables. What was noted becomes a graph: forward pass, gradients and assignments in a single call of the addon. All
 * results come from the graph, the first ones too. The second call runs `f` once more and compares. From the third on `f` does
 * not run.
 *
 * Everything that varies is an argument or a tf.Variable: a number that `f` takes from elsewhere is a part of the graph, and
 * refused where the first two calls show that it varies. Inside `tf.grad` and inside another such function `f` runs as it is.
 * Needs tfjs-node or tfjs-node-gpu as the active backend.
 * @param name stands in errors
 * @throws Error from a call that is recorded, when `f` reads a tensor's values, uses a tensor that is neither argument nor
 *   variable, or draws from a random state
 */
export function tfFunction<In extends tf.Tensor[], Out extends tf.Tensor | tf.Tensor[]>(
  name: string,
  f: (...inputs: In) => Out,
  { mostGraphs = 8, warn = console.warn }: TfFunctionOptions = {},
): TfFunction<(...inputs: In) => Out> {
  const traces = new Map<string, Trace>();
  let single = true;
  let madeVariables = false;
  let warned = false;
  const recordable = {
    name,
    f: (...inputs: tf.Tensor[]) => {
      const outputs = f(...(inputs as In));
      single = outputs instanceof tf.Tensor;
      return outputs;
    },
  };

  const call = (...inputs: In): Out => {
    const backend = nodeBackend(name);
    if (Tap.of(backend).listening || tf.engine().isTapeOn()) return f(...inputs);
    const shapes = inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(" ");
    let trace = traces.get(shapes);
    if (!trace && traces.size >= mostGraphs) {
      if (!warned)
        warn(`function ${name}: ${mostGraphs} graphs are kept; with ${shapes} it runs operation by operation`);
      warned = true;
      return tf.tidy(() => f(...inputs));
    }
    if (!trace || trace.unconfirmed) {
      const { graph, outputs } = record(recordable, inputs, backend);
      if (outputs) {
        if (madeVariables)
          throw new Error(`function ${name}: expected variables to be made once but it makes some in each call`);
        madeVariables = true;
        return unlisted(outputs);
      }
      if (trace?.unconfirmed) confirm(name, trace.unconfirmed, graph);
      trace = trace
        ? { session: trace.session }
        : { session: new Session(fasterForms(graph, backend.binding), backend), unconfirmed: graph };
      traces.set(shapes, trace);
    }
    return unlisted(trace.session.run(inputs));
  };

  const unlisted = (outputs: tf.Tensor[]): Out => (single ? outputs[0] : outputs) as Out;

  const dispose = () => {
    for (const { session } of traces.values()) session.dispose();
    traces.clear();
  };
  return Object.assign(call, { dispose });
}

/** @throws Error that names the first thing in which two calls differ */
function confirm(name: string, first: Graph, second: Graph): void {
  const found = difference(first, second);
  if (!found) return;
  const expected = "expected the same computation in each call but";
  throw new Error(`function ${name}: ${expected} ${found}; hand what varies over as an argument`);
}

function nodeBackend(name: string): NodeBackend {
  if (tf.getBackend() === "tensorflow") return tf.backend() as unknown as NodeBackend;
  throw new Error(
    `function ${name}: expected tfjs-node's backend, tensorflow, but got ${tf.getBackend()}; start it first`,
  );
}
