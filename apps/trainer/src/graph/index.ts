export type { NodeBackend } from "./binding.ts";
export { type TfFunction, tfFunction } from "./tf-function.ts";
