// npm run native [-- --cuda]: provisions libtensorflow and builds the addon of tfjs-node-gpu against it.
// npm run native -- --webgpu: provisions Dawn instead (native/webgpu.mjs).
//
// TensorFlow's Python wheel holds a current libtensorflow. It goes into a virtual environment under .native/, pinned by
// hashes; the addon is compiled against it with one compiler call and proved with one training step. Nothing outside
// .native/ and node_modules/ changes, and a second call finds everything in place.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCompiler } from "./lib/compiler.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { CommandError, command, root, run, say } from "./lib/process.mjs";
import { findPython, installRequirements, makeVenv, pythonOf } from "./lib/python.mjs";
import { inWords, measureFastest } from "./native/measure.mjs";
import { builtAddon, placeAddon } from "./native/place-addon.mjs";
import { readStamp, stampPath } from "./native/stamp.mjs";
import { compareWebgpu, provisionWebgpu } from "./native/webgpu.mjs";

const folder = join(root, ".native");
const venv = join(folder, "venv");
const python = pythonOf(venv);

const help = `Provisions the trainer's faster engines in .native/: libtensorflow and the addon that uses it, or Dawn.

  npm run native               TensorFlow's CPU library
  npm run native -- --cuda     TensorFlow's CUDA library, for an NVIDIA GPU
  npm run native -- --webgpu   Dawn and tfjs's WebGPU backend, for any GPU; what else is in .native/ stays

TensorFlow needs Python 3.11 to 3.13 with venv and pip, and a C++17 compiler (CXX is respected). Linux and macOS.
Dawn needs nothing but npm. Linux, macOS and Windows.`;

command(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) return void process.stdout.write(`${help}\n`);
  const unknown = args.find((word) => word !== "--cuda" && word !== "--webgpu") ?? args[1];
  if (unknown)
    throw new CommandError(`npm run native: expected --cuda, --webgpu or nothing but got ${args.join(" ")}`, 2);
  if (args.includes("--webgpu")) {
    await ensureInstalled();
    return provisionWebgpu();
  }
  const device = args.includes("--cuda") ? "cuda" : "cpu";
  if (process.platform === "win32") {
    throw new CommandError("npm run native: not supported on Windows; train with --engine wasm, or inside WSL 2");
  }
  if (device === "cuda" && process.platform !== "linux") {
    throw new CommandError("npm run native -- --cuda: expected Linux; TensorFlow's CUDA wheels exist for it alone");
  }
  await ensureInstalled();
  if (isProvisioned(device)) {
    placeAddon();
    if (!readStamp().fastest) await measure(device);
    say(`Already provisioned: TensorFlow ${readStamp().tensorflow}, ${device}.`);
    return;
  }
  await provision(device);
});

async function provision(device) {
  const started = Date.now();
  // Both are looked for first, so that a missing one costs neither a download nor what is there already.
  const tools = { python: findPython(), compiler: findCompiler() };
  mkdirSync(folder, { recursive: true });
  rmSync(stampPath, { force: true });
  await step("Creating a virtual environment in .native/venv", () => makeVenv(tools.python, venv));
  await step(`Installing TensorFlow (${device}) from requirements-${device}.txt; the download is large`, () =>
    installRequirements(venv, requirementsPath(device), `about ${device === "cuda" ? 8 : 3} GB`),
  );
  const tensorflow = findTensorFlow();
  await step("Compiling the addon of @tensorflow/tfjs-node-gpu", () => compile(tools.compiler, tensorflow.folder));
  placeAddon();
  const proof = await step("Proving it with one training step", () => prove(device));
  const stamp = {
    device,
    tensorflow: tensorflow.version,
    keras: tensorflow.keras,
    python,
    requirements: requirementsHash(device),
    addon: createHash("sha256").update(readFileSync(builtAddon)).digest("hex"),
    // The addon finds its library by an absolute path: a checkout that moved must be provisioned again.
    root,
  };
  writeFileSync(stampPath, `${JSON.stringify(stamp, null, 2)}\n`);
  const fastest = await measure(device);
  try {
    compareWebgpu();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(error.message); // what was asked for is ready all the same
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  say(`Ready in ${seconds} s: TensorFlow ${stamp.tensorflow} on the ${proof.usesGpu ? "GPU" : "CPU"}.`);
  say(`Train with: npm run train -- --engine ${fastest.engine}`);
}

/** Adds to the stamp what is fastest here. */
async function measure(device) {
  const fastest = await step("Measuring what is fastest here", () => measureFastest(device));
  writeFileSync(stampPath, `${JSON.stringify({ ...readStamp(), fastest }, null, 2)}\n`);
  say(`Fastest: ${inWords(fastest)}. Delete .native/stamp.json to provision and measure again.`);
  return fastest;
}

async function step(title, work) {
  const started = Date.now();
  say(`${title} …`);
  const result = await work();
  say(`  ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return result;
}

function requirementsPath(device) {
  return join(root, "scripts", "native", `requirements-${device}.txt`);
}

function requirementsHash(device) {
  return createHash("sha256")
    .update(readFileSync(requirementsPath(device)))
    .digest("hex");
}

function isProvisioned(device) {
  const stamp = readStamp();
  if (stamp?.device !== device || stamp.root !== root || stamp.requirements !== requirementsHash(device)) return false;
  return existsSync(builtAddon) && existsSync(python) && statSync(builtAddon).size > 0;
}

function findTensorFlow() {
  const script = `import importlib.metadata as m, importlib.util as u, json, os
print(json.dumps({"folder": os.path.dirname(u.find_spec("tensorflow").origin), "keras": m.version("keras"),
  "version": next(d.version for d in m.distributions() if d.metadata["Name"].lower() in ("tensorflow", "tensorflow-cpu", "tensorflow_cpu"))}))`;
  return JSON.parse(execFileSync(python, ["-c", script], { encoding: "utf8" }));
}

async function compile([compiler, ...words], tensorflow) {
  const addon = join(root, "node_modules", "@tensorflow", "tfjs-node-gpu", "binding");
  const mac = process.platform === "darwin";
  const library = (name) => join(tensorflow, mac ? `${name}.2.dylib` : `${name}.so.2`);
  const args = [
    ...words,
    ...["-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8"],
    ...["-I", join(root, "node_modules", "node-api-headers", "include"), "-I", join(tensorflow, "include")],
    ...[join(addon, "tfjs_backend.cc"), join(addon, "tfjs_binding.cc")],
    ...[library("libtensorflow_cc"), library("libtensorflow_framework")],
    // The wheel finds CUDA relative to its own folder: let the addon load the library from there.
    `-Wl,-rpath,${tensorflow}`,
    ...(mac ? ["-undefined", "dynamic_lookup"] : []),
    ...["-o", builtAddon],
  ];
  const code = await run(compiler, args);
  if (code !== 0) throw new CommandError(`${compiler} failed with code ${code}; its output above says why`);
}

function prove(device) {
  const env = { TF_CPP_MIN_LOG_LEVEL: "2", ...process.env };
  if (device === "cpu") env.CUDA_VISIBLE_DEVICES = "-1";
  const proof = spawnSync(process.execPath, [join(root, "scripts", "native", "prove.mjs"), device], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  if (proof.status !== 0) {
    const lines = proof.stderr.split("\n").filter((line) => line.startsWith("Error:"));
    const last = proof.stderr.trim().split("\n").at(-1) || `it ended with ${proof.signal ?? `code ${proof.status}`}`;
    throw new CommandError(`the addon does not train: ${lines[0] ?? last}`);
  }
  return JSON.parse(proof.stdout.slice(proof.stdout.indexOf("{")));
}
