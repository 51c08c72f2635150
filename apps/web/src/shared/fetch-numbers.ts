import { mnistChecksums } from "@autoencoder/data";
import { pictureAt } from "./pixels.ts";

/** Numbers that are too many for a page or an answer of the API: they come as bytes. */

const testSet = `/data/${mnistChecksums["t10k-images-idx3-ubyte"]}/test`;

/** Test digits by their numbers, 784 bytes each. @throws Error when they do not load */
export async function fetchTestDigits(indices: readonly number[]): Promise<Uint8Array[]> {
  const bytes = await fetchBytes(`${testSet}/${indices.join(",")}`);
  return indices.map((_, at) => pictureAt(bytes, at));
}

/** The classes of the first test digits. @throws Error when they do not load */
export function fetchTestLabels(count: number): Promise<Uint8Array> {
  return fetchBytes(`${testSet}/0-${count}/labels`);
}

/** Little-endian float32. @throws Error when they do not load */
export async function fetchFloats(address: string): Promise<Float32Array> {
  return new Float32Array((await fetchBytes(address)).buffer);
}

/** Little-endian int16. @throws Error when they do not load */
export async function fetchShorts(address: string): Promise<Int16Array> {
  return new Int16Array((await fetchBytes(address)).buffer);
}

/** @throws Error that says why nothing came; when the signal aborts, the signal's own */
export async function fetchBytes(address: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address, { signal: signal ?? null }).catch((error: Error) => {
    if (signal?.aborted) throw error;
  });
  if (!response?.ok) throw new Error(response ? `the server answered ${response.status}` : "the connection failed");
  return new Uint8Array(await response.arrayBuffer());
}
