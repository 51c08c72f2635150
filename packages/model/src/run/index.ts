export { trainEngines, trainOptions, writtenOption } from "./command-line.ts";
export { RunFault } from "./fault.ts";
export { filmHeader, filmTensors } from "./film.ts";
export { firstIssue } from "./issue-words.ts";
export { openFile, openRun, openTable, openWeights, type ReadStored } from "./open-run.ts";
export { runPaths, weightsBeside } from "./paths.ts";
export {
  type EpochRecord,
  epochRecord,
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
