export { type ModelClient, modelClient, type Outcome } from "./client.ts";
export type { ModelSource, Opened, Problem, Reconstruction, RemoteFile, Verification } from "./messages.ts";
export { modelClientFor } from "./page-client.ts";
