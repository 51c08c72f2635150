import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

/** Virtual environments where Python's own venv lacks ensurepip, as on Debian and in Google Colab. */

const library = pathToFileURL(join(import.meta.dirname, "../../scripts/lib/python.mjs")).href;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Python that knows only some modules that make environments, and what makeVenv does with it. */
function makeVenvWith(modules: string[]) {
  const [python, venv] = [join(folder, "python"), join(folder, "venv")];
  const make = 'mkdir -p "$3/bin" && touch "$3/bin/python" "$3/made-by-$2" && exit 0';
  const cases = modules.map((name) => `${name}) ${make};;`).join(" ");
  // An attempt that fails leaves something behind, as Debian's venv does.
  writeFileSync(python, `#!/bin/sh\ncase "$2" in ${cases} esac\nmkdir -p "$3/left"; exit 1\n`, { mode: 0o755 });
  const call = `import { makeVenv } from ${JSON.stringify(library)}; await makeVenv(${JSON.stringify(python)}, ${JSON.stringify(venv)});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", call], { encoding: "utf8" });
  return { status, stderr, made: (path: string) => existsSync(join(venv, path)) };
}

it("an environment is made by venv where venv is whole", () => {
  const { status, made } = makeVenvWith(["venv", "virtualenv"]);
  expect([status, made("made-by-venv"), made("made-by-virtualenv")]).toEqual([0, true, false]);
});

it("an environment is made by virtualenv, from an empty folder, where venv fails", () => {
  const { status, made } = makeVenvWith(["virtualenv"]);
  expect([status, made("made-by-virtualenv"), made("left")]).toEqual([0, true, false]);
});

it("without either the error says what to install", () => {
  const { status, stderr } = makeVenvWith([]);
  expect(status).not.toBe(0);
  expect(stderr).toContain(
    "made no virtual environment; install its venv module (Debian: apt install python3-venv) or",
  );
});
