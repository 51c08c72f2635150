import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What decides whether `turbo run train` trains: asked of Turborepo itself, in a copy of the workspace. */

const root = join(import.meta.dirname, "..", "..");
let copy: string;
let first: Task;

interface Task {
  hash: string;
  command: string;
  outputs: string[];
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "autoencoder-turbo-"));
  const left = new Set([
    "node_modules",
    ".git",
    ".turbo",
    ".next",
    ".native",
    ".notebook",
    ".setup",
    "artifacts",
    "coverage",
  ]);
  for (const name of readdirSync(root)) {
    if (left.has(name)) continue;
    const filter = (path: string) => !/[\\/](node_modules|\.next|\.turbo|model-worker)$/.test(path);
    cpSync(join(root, name), join(copy, name), { recursive: true, filter });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  // Turborepo lists files through git; a repository of its own keeps the copy apart from this one.
  git("init", "-q");
  git("add", "-A");
  first = trainTask();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("the train task trains without options and owns exactly the published run", () => {
  expect(first.command).toBe("node --import tsx src/cli.ts --turbo");
  expect(first.outputs.map((path) => path.replaceAll("\\", "/"))).toEqual(["../../artifacts/assignment/**"]);
});

test("asking twice gives the same hash", () => {
  expect(trainTask().hash).toBe(first.hash);
});

test.each([
  "packages/model/src/training/build.ts",
  "packages/model/src/training/recipes/assignment.ts",
  "packages/data/src/random.ts",
  "packages/ui/src/charts/line-chart.tsx",
  "apps/trainer/src/train.ts",
])("editing %s is a miss", (path) => {
  expect(edited(path)).not.toBe(first.hash);
});

test("another provisioning is a miss", () => {
  cpSync(join(copy, "turbo.json"), join(copy, ".native", "stamp.json"));
  expect(trainTask().hash).not.toBe(first.hash);
  rmSync(join(copy, ".native"), { recursive: true });
  expect(trainTask().hash).toBe(first.hash);
});

test.each([
  ["TF_ENABLE_ONEDNN_OPTS", "1"],
  ["TF_NUM_INTRAOP_THREADS", "1"],
  ["TRAIN_ENGINE", "wasm"],
])("%s in the environment decides the result and is a miss", (name, value) => {
  expect(trainTask({ [name]: value }).hash).not.toBe(first.hash);
});

test("how much TensorFlow logs changes nothing", () => {
  expect(trainTask({ TF_CPP_MIN_LOG_LEVEL: "0" }).hash).toBe(first.hash);
});

test.each([
  "apps/web/src/app/page.tsx",
  "packages/model/src/training/weights.test.ts",
  "packages/ui/src/index.ts",
  "README.md",
])("editing %s changes nothing", (path) => {
  expect(edited(path)).toBe(first.hash);
});

test("a run's own outputs do not enter its hash", () => {
  cpSync(join(copy, "turbo.json"), join(copy, "artifacts", "assignment", "run.json"));
  expect(trainTask().hash).toBe(first.hash);
});

test("an identical second call restores the run without training", () => {
  // A stand-in for the trainer: it writes one file, and counts its calls in another that is no output.
  const script =
    "mkdirSync('../../artifacts/assignment',{recursive:true});writeFileSync('../../artifacts/assignment/run.json','a run');appendFileSync('../../calls.txt','x')";
  const manifest = join(copy, "apps", "trainer", "package.json");
  const text = readFileSync(manifest, "utf8");
  writeFileSync(
    join(copy, "apps", "trainer", "stand-in.mjs"),
    `import {appendFileSync,mkdirSync,writeFileSync} from "node:fs";${script}`,
  );
  writeFileSync(manifest, text.replace("node --import tsx src/cli.ts --turbo", "node stand-in.mjs"));
  appendFileSync(join(copy, ".gitignore"), "calls.txt\n");
  const run = join(copy, "artifacts", "assignment");
  for (const _ of ["miss", "hit"]) {
    rmSync(run, { recursive: true, force: true });
    turbo(["run", "train", "--no-daemon"]);
    expect(readFileSync(join(run, "run.json"), "utf8")).toBe("a run");
    expect(readFileSync(join(copy, "calls.txt"), "utf8")).toBe("x");
  }
});

/** The task's hash with a comment appended to one file, which is put back. */
function edited(path: string): string {
  const full = join(copy, path);
  const before = join(copy, "before");
  cpSync(full, before);
  appendFileSync(full, "\n// edited\n");
  const { hash } = trainTask();
  cpSync(before, full);
  rmSync(before);
  return hash;
}

function trainTask(environment: NodeJS.ProcessEnv = {}): Task {
  const stdout = turbo(["run", "train", "--dry=json", "--no-daemon"], environment);
  const { tasks } = JSON.parse(stdout) as { tasks: (Task & { taskId: string })[] };
  const task = tasks.find(({ taskId }) => taskId === "@autoencoder/trainer#train");
  if (!task) throw new Error(`expected the task @autoencoder/trainer#train but got ${tasks.length} other tasks`);
  return task;
}

/** Runs Turborepo in the copy; returns what it printed. */
function turbo(args: string[], environment: NodeJS.ProcessEnv = {}): string {
  const bin = join(root, "node_modules", "turbo", "bin", "turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: copy, encoding: "utf8", env });
  if (status !== 0) throw new Error(`turbo ${args.join(" ")} failed with code ${status}: ${stderr}${stdout}`);
  return stdout;
}

function git(...args: string[]): void {
  const { status, stderr } = spawnSync("git", args, { cwd: copy, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
}
