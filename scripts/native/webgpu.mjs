// npm run native -- --webgpu: Dawn and tfjs's WebGPU backend, into .native/webgpu; needs no Python and no compiler.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isInstalled, npmCi } from "../lib/install.mjs";
import { CommandError, root, say } from "../lib/process.mjs";
import { stepTime } from "./measure.mjs";
import { readStamp } from "./stamp.mjs";

const folder = join(root, ".native", "webgpu");
const stampPath = join(root, ".native", "webgpu.json");

/** Installs both packages by their lock file and says which GPU there is; a real one is timed beside the fastest other engine. */
export async function provisionWebgpu() {
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(join(root, "scripts", "native", "webgpu", name), join(folder, name));
  }
  if (isInstalled(folder)) say("Already installed: Dawn and tfjs's WebGPU backend.");
  else await npmCi(folder, "--ignore-scripts", "--legacy-peer-deps"); // tfjs-core is the trainer's own
  const adapter = findAdapter();
  say(`GPU: ${adapter.name}`);
  const fastest = !adapter.software && isFastest();
  writeFileSync(stampPath, `${JSON.stringify({ adapter: adapter.name, fastest }, null, 2)}\n`);
  say("Train with: npm run train -- --engine webgpu");
}

function findAdapter() {
  const script = join(root, "apps", "trainer", "src", "engines", "adapter.ts");
  const asked = spawnSync(process.execPath, ["--import", "tsx", script], { cwd: root, encoding: "utf8" });
  if (asked.status === 0) return JSON.parse(asked.stdout.trim().split("\n").at(-1));
  const last = asked.stderr.split("\n").findLast((line) => line.startsWith("Error: "));
  throw new CommandError(last?.slice("Error: ".length) ?? `Dawn did not start: ${asked.stderr.trim().slice(-300)}`);
}

function isFastest() {
  const cores = availableParallelism();
  const others = [{ engine: "wasm", workers: cores }];
  const { fastest } = readStamp() ?? {};
  if (fastest) others.push(fastest);
  const timed = [{ engine: "webgpu" }, ...others].map((way) => ({ ...way, ...stepTime(way) }));
  for (const { engine, milliseconds } of timed) say(`  ${engine}: ${milliseconds.toFixed(0)} ms for a batch of 128`);
  return timed.every((way) => way.milliseconds >= timed[0].milliseconds);
}
