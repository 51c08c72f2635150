export { runPaths } from "./paths.ts";
export {
  type EpochRecord,
  lossWords,
  parseRun,
  type Run,
  type RunFile,
  reservedRunNames,
  runName,
  runSchema,
  snapshotVitals,
} from "./run.ts";
