// Virtual environments of Python, for the root commands that need one.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError, run } from "./process.mjs";

/** The interpreter of a virtual environment. */
export function pythonOf(venv) {
  return join(venv, "bin", "python");
}

/** A Python that TensorFlow 2.21 has wheels for. */
export function findPython() {
  const tried = [];
  for (const name of ["python3", "python3.13", "python3.12", "python3.11", "python"]) {
    const asked = spawnSync(name, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { encoding: "utf8" });
    if (asked.status !== 0) continue;
    const version = asked.stdout.trim();
    const minor = Number(version.split(".")[1]);
    if (version.startsWith("3.") && minor >= 11 && minor <= 13) return name;
    tried.push(`${name} is ${version}`);
  }
  const came = tried.length > 0 ? tried.join(", ") : "there is none";
  throw new CommandError(`expected Python 3.11 to 3.13 but ${came}; install one and run npm run native again`);
}

/** Makes a fresh virtual environment with the Python that `found` names. */
export async function makeVenv(found, venv) {
  // Debian, and Colab with it, keeps a part of venv in a package of its own; virtualenv, from pip, does without it.
  for (const maker of ["venv", "virtualenv"]) {
    rmSync(venv, { recursive: true, force: true });
    const code = await run(found, ["-m", maker, venv]);
    if (code === 0 && existsSync(pythonOf(venv))) return;
  }
  throw new CommandError(
    `${found} made no virtual environment; install its venv module (Debian: apt install python3-venv) or virtualenv (pip install virtualenv)`,
  );
}

/** Installs what a file of requirements pins by hash; `needs` says how much room that takes. */
export async function installRequirements(venv, path, needs) {
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input"];
  const install = ["install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", path];
  const code = await run(pythonOf(venv), [...pip, ...install]);
  if (code !== 0) {
    throw new CommandError(
      `pip install failed with code ${code}; check the network and the free disk space (${needs})`,
    );
  }
}
