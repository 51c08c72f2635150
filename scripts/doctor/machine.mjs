// What the machine is: Node, processor, memory, disk, and what its environment says.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import { dirname, join } from "node:path";
import { checkNodeVersion, libcHere } from "../lib/install.mjs";
import { root } from "../lib/process.mjs";
import { address, requireFreePort } from "../lib/site.mjs";
import { fail, note, ok } from "./finding.mjs";

export function node() {
  checkNodeVersion();
  return ok("Node", process.versions.node);
}

/** npm tells its version to the commands that it starts; started otherwise, this asks it. */
export function npm() {
  const [, told] = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? "") ?? [];
  const windows = process.platform === "win32";
  const version = told ?? spawnSync("npm", ["--version"], { encoding: "utf8", shell: windows }).stdout?.trim();
  return version ? ok("npm", version) : fail("npm", "it does not start", "install Node with npm");
}

export function system() {
  const libc = process.platform === "linux" ? `, ${libcHere()}` : "";
  return ok("system", `${process.platform} ${os.release()}, ${process.arch}${libc}`);
}

export function processor() {
  const cores = os.cpus();
  const vectors = vectorExtensions();
  const model = cores[0]?.model.trim() ?? "unknown processor";
  return ok("processor", `${model}, ${cores.length} cores${vectors.length > 0 ? `, ${vectors.join(" ")}` : ""}`);
}

/** Extensions of the instruction set that the engines' libraries use, by their names in Linux; elsewhere none is told. */
export function vectorExtensions() {
  if (process.platform !== "linux") return [];
  const [, flags = ""] = /^(?:flags|Features)\s*:(.*)$/m.exec(fs.readFileSync("/proc/cpuinfo", "utf8")) ?? [];
  const there = new Set(flags.trim().split(/\s+/));
  return ["sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "amx_tile", "asimd", "sve"].filter((name) =>
    there.has(name),
  );
}

/** A module with one SIMD instruction: what tfjs's WASM file is made of. */
const simdModule = [
  [0, 97, 115, 109, 1, 0, 0, 0], // magic number and version
  [1, 5, 1, 96, 0, 1, 123], // type: nothing to v128
  [3, 2, 1, 0], // one function of that type
  [10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i32.const 0, i8x16.splat, i8x16.popcnt
].flat();

export function webAssembly() {
  return WebAssembly.validate(Uint8Array.from(simdModule))
    ? ok("WebAssembly", "with SIMD")
    : fail("WebAssembly", "Node has none with SIMD", "install a current Node for this processor");
}

export function memory() {
  const limit = process.constrainedMemory?.() ?? 0; // 0, or more than there is, where there is no limit
  const total = limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
  return ok("memory", `${gigabytes(total)}, ${gigabytes(os.freemem())} free`);
}

/** What `npm run native` takes at its most, of which its downloads are gone afterwards. */
const nativeBytes = 3e9;

/** Room for what the trainer writes: a run in its work folder, and once more where it is published. */
export function disk() {
  if (!fs.statfsSync) return note("disk", "this Node cannot tell", "install a newer Node");
  const { bavail, bsize } = fs.statfsSync(root);
  const [free, run] = [bavail * bsize, runBytes()];
  const found = `${gigabytes(free)} free; a run takes ${gigabytes(run)}`;
  if (free < 2 * run) return fail("disk", found, `free ${gigabytes(2 * run - free)}: a training needs twice that`);
  if (free < nativeBytes) return note("disk", found, `free ${gigabytes(nativeBytes - free)} before npm run native`);
  return ok("disk", found);
}

/** Bytes of the assignment's run, by its own record; where there is none, what it took when this was written. */
function runBytes() {
  try {
    const { files } = JSON.parse(fs.readFileSync(join(root, "artifacts", "assignment", "run.json"), "utf8"));
    return files.reduce((sum, { bytes }) => sum + bytes, 0);
  } catch {
    return 12e6;
  }
}

/** Folders that the commands write into, as they are called in the project. */
export function writing() {
  const { ARTIFACTS_DIR } = process.env;
  const folders = [".", "apps/web", ...(ARTIFACTS_DIR ? [] : ["artifacts"])].map((name) => [name, join(root, name)]);
  if (ARTIFACTS_DIR) folders.push(["the folder that ARTIFACTS_DIR names", ARTIFACTS_DIR]);
  const refused = folders.filter(([, path]) => !isWritable(path)).map(([name]) => name);
  return refused.length === 0
    ? ok("writing", "allowed where the commands write")
    : fail("writing", `refused in ${refused.join(", ")}`, "give yourself write permission there (chmod u+w)");
}

/** Whether a folder, or the one in which it would be made, can be written. */
function isWritable(path) {
  let folder = path;
  while (!fs.existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export async function port() {
  const at = address();
  await requireFreePort(at);
  return ok("port", `${at.port} is free`);
}

const variables = {
  site: ["PORT", "HOST", "ALLOWED_HOSTS", "RUNS_DIR", "MNIST_DIR", "WARM_UP", "LOG_FORMAT"],
  trainer: ["ARTIFACTS_DIR", "CUDA_VISIBLE_DEVICES", "TF_ENABLE_ONEDNN_OPTS", "TF_CPP_MIN_LOG_LEVEL"],
  tools: ["CHROME_PATH", "CXX", "NODE_OPTIONS", "DEBUG"],
};

/** Which variables are set; their values are nobody's business, and not printed. */
export function environment() {
  const names = Object.values(variables).flat();
  const set = names.filter((name) => process.env[name] !== undefined);
  const found = set.length > 0 ? `set: ${set.join(", ")}` : `none set of ${names.join(", ")}`;
  const findings = [ok("environment", found)];
  for (const name of ["RUNS_DIR", "MNIST_DIR"]) {
    const folder = process.env[name];
    if (folder !== undefined && !fs.existsSync(folder)) {
      findings.push(
        fail(name, "it names no folder that is there", `unset it, or correct it: ${name}=FOLDER npm start`),
      );
    }
  }
  return findings;
}

export function gigabytes(bytes) {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
