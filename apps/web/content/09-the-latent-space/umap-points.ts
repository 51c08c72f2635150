import { readTable, tensor } from "@autoencoder/model";
import { fetchFile } from "../../src/network/fetch-file.ts";
import type { RemoteFile } from "../../src/network/index.ts";

/** The trainer's map of the codes for a seed: two for each test digit, ±32000 for ±1. @throws Error when it does not load */
export async function umapPoints(table: RemoteFile, seed: number): Promise<Int16Array> {
  const points = tensor(readTable(await fetchFile(table)), `umap/${seed}`).data;
  return Int16Array.from(points, (value) => Math.round(value * 32000));
}
