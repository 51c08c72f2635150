import { greyByte } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { encodeBytes } from "../../src/features/digit/encoding.ts";
import { defaultSample } from "../../src/features/digit/server-data.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { networkFiles, weightsKey } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import type { CodeRung } from "./code-rung.ts";
import { codeRuns } from "./code-runs.ts";
import { LiveCodeLadder } from "./lazy.ts";

/** One digit rebuilt by networks with a code of 2 to 128 numbers. */
export async function CodeLadder() {
  const runs = await codeRuns();
  if (runs.length < 2) return <Missing run={`${defaultRun}-2`} />;
  const rungs = await Promise.all(runs.map(rungOf));
  return <LiveCodeLadder rungs={rungs} meanImage={(runs[0] as Run).baselines.meanImage} />;
}

async function rungOf(run: Run): Promise<CodeRung> {
  const { encoder, decoder } = networkFiles(run);
  const files = [encoder.model, encoder.weights, decoder.model, decoder.weights];
  const { reconstructions, count } = await api.digits.samples(run);
  const size = reconstructions.length / count;
  const first = reconstructions.subarray(defaultSample * size, (defaultSample + 1) * size);
  return {
    run: run.name,
    weights: weightsKey(run),
    code: codeSize(run),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    error: run.history.at(-1)?.valLoss ?? 0,
    pca: run.baselines.pca,
    first: encodeBytes(Uint8Array.from(first, greyByte)),
  };
}
