export { Adam, type AdamSettings, type Moments } from "./adam.ts";
export { CollapseDetector, collapseRule, explainCollapse, greatestDeviation } from "./collapse.ts";
export { DivergedError, type TrainingEvent } from "./events.ts";
export { type Surroundings, Trainer, type TrainerOptions, type TrainingImages, unflatten } from "./loop.ts";
export { lossFunctions } from "./losses.ts";
export { predict } from "./predict.ts";
export { freshProgress, type Progress, readState, type TrainingState, writeState } from "./state.ts";
