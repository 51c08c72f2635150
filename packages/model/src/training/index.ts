export { Adam, type AdamSettings, type Moments } from "./adam.ts";
export { CollapseDetector, collapseRule, explainCollapse, greatestDeviation } from "./collapse.ts";
export { predict } from "./evaluate.ts";
export { DivergedError, type TrainingEvent } from "./events.ts";
export { lossFunctions } from "./losses.ts";
export { imageMetrics, psnr, ssim, summarizeMetrics } from "./metrics.ts";
export { freshProgress, type Progress, readState, type TrainingState, writeState } from "./state.ts";
export { type Surroundings, Trainer, type TrainerOptions, type TrainingImages, unflatten } from "./train.ts";
