export type { ModelClient } from "./client.ts";
export type { ModelSource, Problem, RemoteFile, Verification } from "./messages.ts";
export { modelClientFor } from "./page-client.ts";
