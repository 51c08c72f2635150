/** `tf.function` for TensorFlow.js in Node: functions of tensors, recorded once and replayed as TensorFlow graphs. */
export type { NodeBackend } from "./binding.ts";
export { statelessUniform } from "./stateless-uniform.ts";
export { tfFunction } from "./tf-function.ts";
