export { Adam } from "./adam.ts";
export { compileWith } from "./compile.ts";
export type { TrainingEvent } from "./events.ts";
export { Trainer, type TrainingImages } from "./loop.ts";
export { lossFunctions } from "./losses.ts";
export { predict } from "./predict.ts";
export { readState, type TrainingState, writeState } from "./state.ts";
