import * as tf from "@tensorflow/tfjs-core";
import type { NodeBackend } from "./binding.ts";

/**
 * Random numbers, uniform in [0, 1), that are a function of the seed alone: what dropout needs in a recorded function, with the
 * seed as its argument. tfjs's own random numbers are drawn in JavaScript and would be constants of the graph.
 * @param seed int32 [2]
 */
export function statelessUniform(shape: readonly number[], seed: tf.Tensor1D): tf.Tensor {
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_TYPE, TF_INT32, TF_FLOAT } = backend.binding;
  const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
  return tf.tidy(() =>
    backend.executeSingleOutput(
      "StatelessRandomUniform",
      [type("dtype", TF_FLOAT), type("T", TF_INT32), type("Tseed", TF_INT32)],
      [tf.tensor1d([...shape], "int32"), seed],
    ),
  );
}
