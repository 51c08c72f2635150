// PyTorch as a peer of `npm run bench -- train`, in a virtual environment of its own, installed only where it is asked for.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError, root, say } from "../../lib/process.mjs";

const folder = join(root, ".native", "pytorch");
const program = join(folder, "bin", "python");
/** The package for Linux brings CUDA's libraries, which a processor does not need and pip does not leave out. */
const requirement = "torch==2.15.0";

/** Its Python; installs it first where it is not there. @param python the one to make the environment with */
export function pytorchPython(python) {
  if (existsSync(join(folder, "installed"))) return program;
  say(`installing ${requirement} into .native/pytorch: some gigabytes`);
  run(python, ["-m", "venv", folder]);
  run(program, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement, "numpy"]);
  run(program, ["-c", `import pathlib, sys; pathlib.Path(sys.argv[1]).touch()`, join(folder, "installed")]);
  return program;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  throw new CommandError(`bench train: PyTorch could not be installed, see above; leave out --pytorch`);
}
