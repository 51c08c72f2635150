// npm run native -- --webgpu: Dawn and tfjs's WebGPU backend in .native/webgpu, by a lock file of their own; no Python, no compiler.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isInstalled, npmCi } from "../lib/install.mjs";
import { CommandError, root, say } from "../lib/process.mjs";
import { margin, stepTime } from "./measure.mjs";
import { readStamp } from "./stamp.mjs";

const lists = join(root, "scripts", "native", "webgpu");
const folder = join(root, ".native", "webgpu");
const stampPath = join(root, ".native", "webgpu.json");

/** What `npm run native -- --webgpu` found, `{ adapter, software, fastest }`; undefined where it has not run. */
function readWebgpuStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, "utf8"));
  } catch {
    return undefined;
  }
}

/** Installs what is pinned, says which GPU there is, and times a real one. @throws CommandError where there is none */
export async function provisionWebgpu() {
  await installWebgpu();
  rmSync(stampPath, { force: true });
  const { adapter, software } = findAdapter();
  say(`GPU: ${adapter}`);
  if (software)
    say("It is a program that stands in for a GPU: many times slower than --engine wasm, and never taken unasked.");
  writeStamp({ adapter, software, fastest: false });
  compareWebgpu();
  say("Train with: npm run train -- --engine webgpu");
}

/**
 * Times WebGPU, where it is provisioned and on a real GPU, against what is the fastest here without it; the stamp then says
 * whether it wins. Both ways of provisioning end with it. @throws CommandError where it does not train
 */
export function compareWebgpu() {
  const stamp = readWebgpuStamp();
  if (!stamp || stamp.software) return;
  writeStamp({ ...stamp, fastest: false }); // also where it does not come through
  const other = readStamp()?.fastest ?? { engine: "wasm", workers: availableParallelism() };
  say(`Measuring webgpu against ${other.engine} …`);
  const [own, others] = [{ engine: "webgpu" }, other].map((way) => stepTime(way).milliseconds);
  say(`  ${own.toFixed(0)} ms for a batch of 128, where ${other.engine} takes ${others.toFixed(0)} ms`);
  writeStamp({ ...stamp, fastest: own * margin < others });
}

function writeStamp(stamp) {
  writeFileSync(stampPath, `${JSON.stringify(stamp, null, 2)}\n`);
}

/** The packages alone, at the versions and hashes of scripts/native/webgpu/package-lock.json. */
export async function installWebgpu() {
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(lists, name), join(folder, name));
  if (isInstalled(folder)) return say("Already installed: Dawn and tfjs's WebGPU backend.");
  say("Installing Dawn and tfjs's WebGPU backend in .native/webgpu (162 MB) …");
  // The peer of tfjs's backend is the trainer's own tfjs-core, which Node finds in the folders above.
  await npmCi(folder, "--prefix", ".", "--ignore-scripts", "--legacy-peer-deps");
}

/** Asks Dawn in a process of its own. @returns { adapter, software } */
function findAdapter() {
  const script = join(root, "apps", "trainer", "src", "native", "adapter.ts");
  const asked = spawnSync(process.execPath, ["--import", "tsx", script], { cwd: root, encoding: "utf8" });
  if (asked.status === 0) return JSON.parse(asked.stdout.trim().split("\n").at(-1));
  const lines = asked.stderr.trim().split("\n");
  const said = lines.findLast((line) => line.startsWith("Error: "))?.slice("Error: ".length);
  throw new CommandError(
    said ?? `Dawn did not start: ${lines.at(-1) || `it ended with ${asked.signal ?? asked.status}`}`,
  );
}
