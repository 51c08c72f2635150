export { trainEngines, trainOptions, writtenOption } from "./command-line.ts";
export { defaultRunName } from "./default-name.ts";
export { type EngineReport, engineReport } from "./engine-report.ts";
export { eventLine, type TrainerEvent, trainerEvent } from "./events.ts";
export { RunFault } from "./fault.ts";
export { filmHeader, filmTensors } from "./film.ts";
export { firstIssue } from "./issue-words.ts";
export { openFile, openRun, openTable, openWeights, type ReadStored } from "./open-run.ts";
export { type PageTraining, parsePageTraining } from "./page-training.ts";
export { runPaths, weightsBeside } from "./paths.ts";
export { ended, processStart } from "./process-start.ts";
export { advance, type TrainingProgress } from "./progress.ts";
export {
  type EpochRecord,
  lossNames,
  parseRun,
  projectionSeeds,
  type Run,
  type RunFile,
  runLimits,
  runName,
  runSchema,
  snapshotVitals,
} from "./run.ts";
export { attemptName, attemptOf, workFiles } from "./work-files.ts";
