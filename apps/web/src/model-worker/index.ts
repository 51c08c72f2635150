export type { ModelClient, Outcome } from "./client.ts";
export type {
  Damage,
  ModelSource,
  Problem,
  Reconstruction,
  RemoteFile,
  Replacement,
  Statistics,
  SwitchedOff,
  Verification,
  WeightsFound,
} from "./messages.ts";
export { modelClientFor } from "./page-client.ts";
