import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandError, root } from "../../lib/process.mjs";
import { startWatched, throwaway } from "./children.mjs";

/** How long a trainer may take until it trains, in milliseconds. */
const patience = 120_000;

/** Trains on the wasm engine, one thread each, into throwaway folders: as many at once as are to keep cores busy. */
export async function startTrainings(count) {
  const folders = Array.from({ length: count }, () => throwaway(mkdtempSync(join(tmpdir(), "autoencoder-load-"))));
  const options = ["--engine", "wasm", "--workers", "1", "--images", "6000", "--epochs", "1000", "--name", "beside"];
  const trainings = folders.map((folder) =>
    startWatched(["--import", "tsx", "src/cli.ts", ...options], {
      cwd: join(root, "apps", "trainer"),
      env: { ...process.env, ARTIFACTS_DIR: folder },
    }),
  );
  await Promise.all(trainings.map(computes));
  return {
    count,
    async stop() {
      await Promise.all(trainings.map(({ stop }) => stop("SIGINT")));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once a trainer has chosen its engine: from then on it computes. */
async function computes({ child, log }) {
  const begun = performance.now();
  while (!log.some((line) => line.startsWith("engine"))) {
    if (child.exitCode !== null || performance.now() - begun > patience) {
      throw new CommandError(`expected the trainer to train but its log ends with:\n${log.join("\n")}`);
    }
    await setTimeout(100);
  }
  await setTimeout(1000); // what follows that line is loading WebAssembly
}
