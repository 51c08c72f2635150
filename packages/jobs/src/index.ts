export {
  type AskedTraining,
  askedOfRecipe,
  askedTraining,
  mostZipBytes,
  nameOfTraining,
  trainerWords,
  trainingLimits,
} from "./asked-training.ts";
export { attemptFolder, attemptsOf } from "./attempts.ts";
export {
  EventFile,
  type EventPlace,
  isAfter,
  type PlacedEvent,
  placeId,
  placeOf,
  placePattern,
} from "./event-file.ts";
export { writeWhole } from "./files.ts";
export { openQueue } from "./open-queue.ts";
export type { JobQueue, QueuedJob } from "./queue.ts";
export { markFolder } from "./shared-folder.ts";
export { type KnownProcess, known, processSchema, type Trainers, trainersIn } from "./trainers.ts";
