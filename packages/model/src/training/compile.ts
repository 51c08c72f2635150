import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * Turns a function of tensors into one that computes the same in fewer calls. All that varies between two calls are the
 * arguments and tf.Variables. `name` stands in errors.
 */
export type Compiler = <In extends Tensor[]>(name: string, f: (...inputs: In) => Tensor) => (...inputs: In) => Tensor;

let compiler: Compiler = (_, f) => f;

/** Has everything that is built from now on compiled. Process-wide, as tfjs's backend is: an engine calls it when it starts. */
export function compileWith(other: Compiler): void {
  compiler = other;
}

/** `f` as the engine runs it fastest; where no engine compiles, `f` itself. */
export const compiled: Compiler = (name, f) => compiler(name, f);
