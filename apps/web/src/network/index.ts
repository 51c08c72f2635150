export type { ModelClient, Outcome } from "./client.ts";
export type {
  Damage,
  ModelSource,
  Problem,
  RemoteFile,
  Replacement,
  Verification,
} from "./messages.ts";
export { modelClientFor } from "./page-client.ts";
