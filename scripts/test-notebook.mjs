// npm run test:notebook: executes notebooks/colab.ipynb from end to end, as Jupyter does, and looks at what came out.
//
// Needs `npm run native`: the notebook's Keras is the one in .native/venv. papermill and a kernel get an environment of
// their own under .notebook/, which sees .native/venv's packages, so that TensorFlow is there once.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testCommand } from "./lib/gate.mjs";
import { CommandError, command, root, say } from "./lib/process.mjs";
import { installRequirements, makeVenv, pythonOf } from "./lib/python.mjs";

const folder = join(root, ".notebook");
const venv = join(folder, "venv");
const stampPath = join(folder, "stamp");
const requirements = join(root, "scripts", "notebook", "requirements.txt");
const nativeStamp = join(root, ".native", "stamp.json");

command(() =>
  testCommand([["notebook tests", "vitest.notebook.config.ts"]], async () => {
    await provision();
    return [];
  }),
);

/** Makes .notebook/venv what the requirements say, beside the TensorFlow that is provisioned. */
async function provision() {
  if (!existsSync(nativeStamp)) {
    throw new CommandError(`expected TensorFlow in .native/ but it is not there; run npm run native first`);
  }
  const { python } = JSON.parse(readFileSync(nativeStamp, "utf8"));
  const stamp = createHash("sha256").update(readFileSync(requirements)).update(python).digest("hex");
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp) return;
  say("Installing papermill and a kernel in .notebook/venv …");
  mkdirSync(folder, { recursive: true });
  rmSync(stampPath, { force: true });
  await makeVenv(python, venv);
  await installRequirements(venv, requirements, "about 200 MB");
  writeFileSync(join(packagesOf(venv), "native.pth"), `${packagesOf(join(root, ".native", "venv"))}\n`);
  writeFileSync(stampPath, stamp);
}

/** Where a virtual environment keeps its packages: lib/python3.N/site-packages. */
function packagesOf(environment) {
  const lib = join(environment, "lib");
  const version = readdirSync(lib).find((name) => name.startsWith("python3."));
  if (!version)
    throw new CommandError(`expected ${pythonOf(environment)} with its packages in ${lib}; run npm run native again`);
  return join(lib, version, "site-packages");
}
