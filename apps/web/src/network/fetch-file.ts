import { onOneLine } from "@autoencoder/model";
import { ModelProblem } from "./model-problem.ts";
import type { RemoteFile } from "./procedures.ts";
import { sha256 } from "./sha256.ts";

/** The bytes of a run's file, proved to be the ones that run.json names. @throws ModelProblem */
export async function fetchFile({ address, bytes, sha256: expected }: RemoteFile): Promise<Uint8Array<ArrayBuffer>> {
  const name = onOneLine(address.split("/").slice(4).join("/") || address);
  const response = await fetch(address).catch(() => undefined);
  if (!response) throw new ModelProblem("network", `The run's file ${name} did not load: the connection failed.`);
  if (!response.ok) {
    throw new ModelProblem("network", `The run's file ${name} did not load: the server answered ${response.status}.`);
  }
  const body = await response.arrayBuffer().catch(() => undefined);
  if (!body) throw new ModelProblem("network", `The run's file ${name} broke off while loading.`);
  const content = new Uint8Array(body);
  if (content.length !== bytes) {
    const sizes = `expected ${bytes} bytes but got ${content.length}`;
    throw new ModelProblem("damaged", `The run's file ${name} is damaged: ${sizes}. Train the run again.`);
  }
  if ((await sha256(content)) !== expected) {
    const text = `The run's file ${name} is damaged: its SHA-256 is not the one in run.json. Train the run again.`;
    throw new ModelProblem("damaged", text);
  }
  return content;
}
