import { type ModelClient, modelClient } from "./client.ts";
import type { NetworkFiles } from "./procedures.ts";

let current: { key: string; client: ModelClient } | undefined;

/** The page's one client: the header and the figures of a page share a worker, and with it each digit's forward pass. */
export function modelClientFor(files: NetworkFiles): ModelClient {
  const key = files.encoder.weights.sha256 + files.decoder.weights.sha256;
  if (current?.key === key) return current.client;
  current?.client.close();
  current = { key, client: modelClient(files) };
  return current.client;
}
