import type { Run, RunFile } from "@autoencoder/model/run";
import { attempt, type Result } from "../shared/result.ts";
import { RunProblem, readRunFile } from "./run-store.ts";

/** A picture of a run that is there and whole, with its size in pixels; or why it is not. */
export interface RunPicture {
  path: string;
  result: Result<{ file: RunFile; width: number; height: number }>;
}

/** What every PNG begins with. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** A PNG of a run, checked against run.json. */
export async function runPicture(run: Run, path: string): Promise<RunPicture> {
  const result = await attempt(async () => {
    const { file, bytes } = await readRunFile(run, path);
    if (bytes.length < 24 || signature.some((byte, at) => bytes[at] !== byte)) {
      throw new RunProblem("FILE_BROKEN", `${path} of the run "${run.name}" is no PNG; train the run again`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // PNG's first chunk, IHDR, starts with width and height, big-endian.
    return { file, width: view.getUint32(16), height: view.getUint32(20) };
  });
  return { path, result };
}
