export type { ModelClient } from "./client.ts";
export type { NetworkProblem } from "./messages.ts";
export { modelClientFor } from "./page-client.ts";
export type { NetworkFiles, Output, RemoteFile, Replacement } from "./procedures.ts";
