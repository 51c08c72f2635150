import { readTable, tensor } from "@autoencoder/model";
import { fetchFile } from "../../src/network/fetch-file.ts";
import type { RemoteFile } from "../../src/network/index.ts";

/** The codes of all test digits, one after the other. @throws Error when they do not load */
export async function codePoints(table: RemoteFile): Promise<Float32Array> {
  return Float32Array.from(tensor(readTable(await fetchFile(table)), "latents").data);
}
