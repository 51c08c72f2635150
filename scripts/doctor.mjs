// npm run doctor: what works here, what does not and why, and what to do next. It changes nothing.
import { examine } from "./doctor/finding.mjs";
import * as machine from "./doctor/machine.mjs";
import * as native from "./doctor/native.mjs";
import { group, wrapped } from "./doctor/print.mjs";
import * as project from "./doctor/project.mjs";
import { CommandError, command } from "./lib/process.mjs";

const help = `Says what works here and what does not.

  npm run doctor
  npm run -s doctor -- --json

Each line begins with ok, note or FAIL.
note: something that could be had.
FAIL: what the README promises would not
work here; the exit code is then 1.
Nothing is changed or installed.`;

const checks = {
  Machine: {
    Node: machine.node,
    npm: machine.npm,
    system: machine.system,
    processor: machine.processor,
    WebAssembly: machine.webAssembly,
    memory: machine.memory,
    disk: machine.disk,
    writing: machine.writing,
    port: machine.port,
    environment: machine.environment,
  },
  "Library for training (npm run native)": { libtensorflow: native.provisioned, needs: native.needs },
  Project: { dependencies: project.installed, build: project.build },
  /** What only an installed project can be asked. */
  "Engines, digits, runs": { trainer: project.fromTrainer },
  Tests: { "browser for tests": project.browser },
};

command(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((word) => word !== "--json" && word !== "--help");
  if (unknown !== undefined)
    throw new CommandError(`npm run doctor: expected --json, --help or nothing but got ${unknown}`, 2);
  if (args.includes("--help")) return void process.stdout.write(`${help}\n`);
  const findings = await examineAll(args.includes("--json") ? () => {} : printed());
  const failed = findings.filter(({ state }) => state === "fail").length;
  if (args.includes("--json"))
    process.stdout.write(`${JSON.stringify({ healthy: failed === 0, findings }, null, 2)}\n`);
  else process.stdout.write(`${wrapped(conclusion(failed), columns()).join("\n")}\n`);
  return failed === 0 ? 0 : 1;
});

async function examineAll(show) {
  const all = [];
  for (const [title, group] of Object.entries(checks)) {
    const missing = all.some(({ about, state }) => about === "dependencies" && state === "fail");
    if (missing) break; // the rest of the project is TypeScript and packages
    const findings = [];
    for (const [about, check] of Object.entries(group)) findings.push(...(await examine(about, check)));
    if (findings.length > 0) show(title, findings);
    all.push(...findings);
  }
  return all;
}

function printed() {
  const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
  return (title, findings) => process.stdout.write(`${group(title, findings, { columns: columns(), coloured })}\n`);
}

function columns() {
  return process.stdout.isTTY ? process.stdout.columns : Number(process.env.COLUMNS) || 80;
}

function conclusion(failed) {
  if (failed === 0) return "What the README promises works here.";
  return `${failed === 1 ? "One thing" : `${failed} things`} that the README promises would not work: see FAIL.`;
}
