export { trainEngines, trainOptions, writtenOption } from "./command-line.ts";
export { runPaths, weightsBeside } from "./paths.ts";
export {
  type EpochRecord,
  lossNames,
  parseRun,
  type Run,
  type RunFile,
  runName,
  runSchema,
  snapshotVitals,
} from "./run.ts";
