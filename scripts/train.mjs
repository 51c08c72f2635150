// npm run train -- OPTIONS: the trainer on this terminal, not cached. `--help` lists the options.
import { ensureInstalled } from "./lib/install.mjs";
import { command, run } from "./lib/process.mjs";

command(async () => {
  await ensureInstalled();
  // Not by tsx's own command line: it kills a program that does not answer Ctrl-C within 60 ms, and a batch takes longer.
  const args = ["--import", "tsx", "apps/trainer/src/cli.ts", ...process.argv.slice(2)];
  return run(process.execPath, args, { stopWithNpm: true });
});
