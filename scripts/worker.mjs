// npm run worker -- OPTIONS: trains on this machine what a pool's queue holds. `--help` lists the options.
import { ensureInstalled } from "./lib/install.mjs";
import { command, run } from "./lib/process.mjs";

command(async () => {
  await ensureInstalled();
  const args = ["--import", "tsx", "packages/jobs/src/cli.ts", ...process.argv.slice(2)];
  return run(process.execPath, args, { stopWithNpm: true });
});
