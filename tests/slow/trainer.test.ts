import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { testInterruptedRuns } from "../fixtures/interrupted-runs.ts";
import { startProcess, writeFewDigits } from "../fixtures/trainer.ts";

/** The trainer as a program, each command a process: the assignment's own recipe, on a few whole digits. */

const folder = mkdtempSync(join(tmpdir(), "digits-"));
const data = join(folder, "few-digits");
writeFewDigits(data, 28);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testInterruptedRuns({
  start: startProcess,
  side: 28,
  training: (...more) => ["--engine", "wasm", "--data", data, "--epochs", "3", "--name", "few", ...more],
});
