// The steps of `npm run check` and `npm test`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { CommandError, runBin, say } from "./process.mjs";

/** Lint, format, types, unused code, unit tests. Returns the counts of the unit tests. */
export async function check() {
  await ensureInstalled();
  await step(
    "lint and format",
    ["@biomejs/biome/bin/biome", ["ci", "."]],
    "npx biome check --write . mends most of it",
  );
  await step("types", ["turbo/bin/turbo", ["run", "types", "--output-logs=errors-only"]], "mend the types above");
  await step("types of the root's tests", ["typescript/bin/tsc", ["-p", "tests"]], "mend the types above");
  await step("unused code", ["knip/bin/knip.js", []], "delete what is unused, or export it for a reader");
  return suite("unit tests", "vitest.config.ts");
}

async function step(title, [bin, args], mend) {
  const started = Date.now();
  say(`\n── ${title}`);
  const code = await runBin(bin, args, { env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" } });
  if (code !== 0) throw new CommandError(`${title} failed; ${mend}`);
  say(`   ${title}: fine, ${seconds(started)}`);
}

/** Runs one Vitest configuration and counts. */
export async function suite(title, config) {
  const started = Date.now();
  say(`\n── ${title}`);
  const folder = mkdtempSync(join(tmpdir(), "autoencoder-"));
  const report = join(folder, "report.json");
  try {
    const args = ["run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await runBin("vitest/vitest.mjs", args);
    const counts = readCounts(report);
    say(`   ${title}: ${counts.passed} passed, ${counts.failed} failed, ${seconds(started)}`);
    if (code !== 0 || counts.failed > 0) {
      const error = new CommandError(`${title} failed; the failures are printed above`);
      error.suite = { passed: counts.passed, failed: Math.max(1, counts.failed) };
      throw error;
    }
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Prints the last line of a test command and gives its exit code. */
export function closingLine(suites) {
  const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
  const failed = suites.reduce((sum, suite) => sum + suite.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(0)} s`;
}
