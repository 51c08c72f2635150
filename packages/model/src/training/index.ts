export { compiled, compileWith } from "./compile.ts";
export { earlyStop } from "./early-stopping.ts";
export type { TrainingEvent } from "./events.ts";
export { lossAndGradient } from "./gradient.ts";
export { Trainer, type TrainingImages } from "./loop.ts";
export { lossFunctions } from "./losses.ts";
export { Optimizer } from "./optimizer.ts";
export { predict } from "./predict.ts";
export { readState, type TrainingState, writeState } from "./state.ts";
