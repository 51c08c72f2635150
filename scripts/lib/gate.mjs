// The steps of `npm run check` and `npm test`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { CommandError, root, runBin, say } from "./process.mjs";

/** What is checked before the unit tests: title, program in node_modules (or ours) with its arguments, what mends a failure. */
const steps = [
  ["lint and format", ["@biomejs/biome/bin/biome", ["ci", "."]], "npx biome check --write . mends most of it"],
  ["types", ["turbo/bin/turbo", ["run", "types", "--output-logs=errors-only"]], "mend the types above"],
  ["types of the root's tests", ["typescript/bin/tsc", ["-p", "tests"]], "mend the types above"],
  ["borders of the packages", ["turbo/bin/turbo", ["boundaries"]], "docs/architecture.md says what may import what"],
  [
    "unused code",
    ["knip/bin/knip.js", ["--include-entry-exports"]],
    "delete what is unused, or export it for a reader",
  ],
  ["copied code", ["jscpd/run-jscpd.js", []], "let both places import it from one"],
  ["sentences", ["../scripts/prose.mjs", []], "docs/writing.md says how this site speaks"],
];

/** Lint, format, types, imports, unused and copied code, unit tests. Returns the counts of the unit tests. */
export async function check() {
  await ensureInstalled();
  for (const [title, program, mend] of steps) await step(title, program, mend);
  return suite("unit tests", "vitest.config.ts");
}

async function step(title, [bin, args], mend) {
  const started = Date.now();
  say(`\n── ${title}`);
  const code = await runBin(bin, args, { env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" } });
  if (code !== 0) throw new CommandError(`${title} failed; ${mend}`);
  say(`   ${title}: fine, ${seconds(started)}`);
}

/** A command that runs suites, `[title, Vitest configuration]` each: its last line counts all. Returns the exit code. */
export async function testCommand(suites, before = async () => []) {
  const counts = [];
  try {
    await ensureInstalled();
    counts.push(...(await before()));
    for (const [title, config] of suites) counts.push(await suite(title, config));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(`error: ${error.message}`);
    counts.push(error.suite ?? { passed: 0, failed: 1 });
  }
  return closingLine(counts);
}

/** Runs one Vitest configuration and counts. */
async function suite(title, config) {
  const started = Date.now();
  say(`\n── ${title}`);
  const folder = mkdtempSync(join(tmpdir(), "autoencoder-"));
  const report = join(folder, "report.json");
  try {
    const args = ["run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await runBin("vitest/vitest.mjs", args);
    const { counts, slowest, again } = readReport(report);
    if (slowest.length > 0) say(`   the slowest ten:\n${slowest.map((line) => `   ${line}`).join("\n")}`);
    if (again.length > 0) say(`   passed only when run again:\n${again.map((line) => `   ${line}`).join("\n")}`);
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

/** The counts of a run; its ten slowest tests, and those that failed before they passed, a line each. */
function readReport(path) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, "utf8"));
    const tests = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map((one) => ({ file: relative(root, name), ...one })),
    );
    const again = tests
      .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
      .map(({ file, fullName, failureMessages }) => `${file}: ${fullName}: ${failureMessages[0].split("\n")[0]}`);
    const slowest = tests
      .sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0))
      .slice(0, 10)
      .map(({ file, fullName, duration = 0 }) => `${(duration / 1000).toFixed(1).padStart(6)} s  ${file}: ${fullName}`);
    return { counts: { passed: numPassedTests, failed: numFailedTests }, slowest, again };
  } catch {
    return { counts: { passed: 0, failed: 1 }, slowest: [], again: [] };
  }
}

/** Prints the last line of a test command and gives its exit code. */
function closingLine(suites) {
  const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
  const failed = suites.reduce((sum, suite) => sum + suite.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(0)} s`;
}
