import type { Run, RunFile } from "@autoencoder/model/run";
import { attempt, type Result } from "../shared/result.ts";
import { readRunFile } from "./run-store.ts";

/** A picture of a run that is there and whole, with its size in pixels; or why it is not. */
export interface RunPicture {
  path: string;
  result: Result<{ file: RunFile; width: number; height: number }>;
}

/** A PNG of a run, checked against run.json. */
export async function runPicture(run: Run, path: string): Promise<RunPicture> {
  const result = await attempt(async () => {
    const { file, bytes } = await readRunFile(run, path);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // PNG's first chunk, IHDR, starts with width and height, big-endian.
    return { file, width: view.getUint32(16), height: view.getUint32(20) };
  });
  return { path, result };
}
