// npm run train -- OPTIONS: the trainer on this terminal, not cached. `--help` lists the options.
import { ensureInstalled } from "./lib/install.mjs";
import { command, runBin } from "./lib/process.mjs";

command(async () => {
  await ensureInstalled();
  return runBin("tsx/dist/cli.mjs", ["apps/trainer/src/cli.ts", ...process.argv.slice(2)]);
});
