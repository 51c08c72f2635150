import { greyByte } from "@autoencoder/model";
import { runPaths } from "@autoencoder/model/run";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { encodeBytes } from "../../src/features/digit/encoding.ts";
import { defaultSample } from "../../src/features/digit/server-data.ts";
import { findRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { drawnAddress, findFile, networkFiles } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LivePlaneOfTwo } from "./lazy.ts";

/** The run whose code is two numbers. */
const runOfTwo = `${defaultRun}-2`;

/** The code of two numbers as a plane: every point of it is a code, and shows what the decoder paints there. */
export async function PlaneOfTwo() {
  const found = await findRun(runOfTwo);
  if (!found.ok || codeSize(found.value) !== 2) return <Missing run={runOfTwo} />;
  const run = found.value;
  const codes = findFile(run, runPaths.testLatents);
  if (!codes) return <Missing run={run.name} file={runPaths.testLatents} />;
  const { low, high, painted, share } = await api.latents.sheetOfTwo(run);
  const { latents, reconstructions, count } = await api.digits.samples(run);
  const size = reconstructions.length / count;
  const first = reconstructions.subarray(defaultSample * size, (defaultSample + 1) * size);
  return (
    <LivePlaneOfTwo
      network={networkFiles(run)}
      codes={codes}
      sheet={`${drawnAddress(run)}/latents/sheet.png`}
      painted={painted}
      range={{ low, high }}
      share={share}
      first={{
        code: Array.from(latents.subarray(2 * defaultSample, 2 * defaultSample + 2)),
        picture: encodeBytes(Uint8Array.from(first, greyByte)),
      }}
      error={run.test.mse}
    />
  );
}
