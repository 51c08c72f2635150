// What `npm run native` needs, and whether what it left behind still fits.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findCompiler } from "../lib/compiler.mjs";
import { libcHere } from "../lib/install.mjs";
import { CommandError, root } from "../lib/process.mjs";
import { findPython } from "../lib/python.mjs";
import { builtAddon } from "../native/place-addon.mjs";
import { readStamp } from "../native/stamp.mjs";
import { fail, fromSentence, note, ok } from "./finding.mjs";
import { vectorExtensions } from "./machine.mjs";

/** What is provisioned: a training takes it where it is there, so that one that is broken is a fault. */
export function provisioned() {
  const stamp = readStamp();
  if (!stamp) return [];
  const again = stamp.device === "cuda" ? "npm run native -- --cuda" : "npm run native";
  if (stamp.root !== root) return fail("libtensorflow", "it was provisioned for another folder", again);
  if (!existsSync(builtAddon)) return fail("libtensorflow", "its addon is missing", again);
  return ok("libtensorflow", `TensorFlow ${stamp.tensorflow}, ${stamp.device}`);
}

/** Whether `npm run native` can do its work here. */
export function needs() {
  if (process.platform === "win32")
    return note("npm run native", "not supported on Windows", "use WSL 2, or train with --engine wasm");
  return [tool("Python", python), tool("C++ compiler", compiler), library()].flat();
}

function tool(about, look) {
  try {
    return look(about);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // The sentence repeats what CXX says, which stays between the environment and its owner.
    if (look === compiler && process.env.CXX)
      return note(about, "what CXX names does not run", "correct CXX, or unset it");
    return fromSentence(note, about, error.message);
  }
}

function python(about) {
  const name = findPython();
  const asks = (...args) => spawnSync(name, args, { encoding: "utf8" });
  const version = asks("-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])").stdout.trim();
  const environments =
    asks("-c", "import venv, ensurepip").status === 0 || asks("-m", "virtualenv", "--version").status === 0;
  if (environments) return ok(about, `${version}, and it makes virtual environments`);
  return note(
    about,
    `${version}, without venv`,
    "install its venv module (Debian: apt install python3-venv) for npm run native",
  );
}

function compiler(about) {
  const [name, ...words] = findCompiler();
  const [line = ""] = spawnSync(name, [...words, "--version"], { encoding: "utf8" }).stdout.split("\n");
  return ok(about, line.trim());
}

/** TensorFlow's wheels are built for glibc, and on x86 for AVX. */
function library() {
  if (process.platform !== "linux") return [];
  const instead = "train with --engine wasm";
  if (libcHere() !== "glibc") return note("npm run native", "TensorFlow has no library for musl", instead);
  if (process.arch === "x64" && !vectorExtensions().includes("avx")) {
    return note("npm run native", "TensorFlow's library needs a processor with AVX", instead);
  }
  return [];
}
