// Building and serving apps/web.
import { createServer } from "node:net";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { CommandError, root, run, runBin, say } from "./process.mjs";

const web = join(root, "apps", "web");

/** Where the site listens: PORT and HOST, else this machine only. */
export function address() {
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new CommandError(`PORT: expected a number from 0 to 65535 but got "${process.env.PORT}"`, 2);
  }
  return { port, host: process.env.HOST ?? "127.0.0.1" };
}

/**
 * Throws when somebody else listens there already.
 * @param useAnother the words that choose another port
 */
export async function requireFreePort({ port, host }, useAnother = (free) => `PORT=${free} npm start`) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EADDRINUSE") {
        const another = useAnother(port + 1);
        reject(new CommandError(`port ${port} is taken; stop what uses it, or choose another: ${another}`));
      } else {
        reject(new CommandError(`cannot listen on ${host}:${port}: ${error.message}; set HOST and PORT`));
      }
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

/**
 * Installs and builds what is needed; Turborepo skips what has not changed.
 * @param stdio where Turborepo writes; a command whose output is a table keeps it out of that
 */
export async function buildSite(stdio = "inherit") {
  await ensureInstalled();
  say("Building the site …");
  const code = await runBin(
    "turbo/bin/turbo",
    ["run", "build", "--filter=@autoencoder/web", "--output-logs=errors-only"],
    { stdio, env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1" } },
  );
  if (code !== 0) throw new CommandError(`the build failed with code ${code}; its output above says why`);
}

/** Serves the built site until it is stopped; the server says where, once it answers. */
export function serveSite() {
  return server([]);
}

/** The process that serves the built site: arguments of Node, folder and environment. */
export function siteProcess(env = process.env) {
  return {
    args: [join(web, ".server", "main.mjs")],
    cwd: web,
    env: { ...env, NEXT_TELEMETRY_DISABLED: "1" },
  };
}

/** Serves the site with hot reload. */
export async function developSite() {
  await requireFreePort(address());
  await ensureInstalled();
  for (const program of ["build-worker.ts", "build-server.ts"]) {
    const code = await run(process.execPath, [tsx, join("scripts", program)], { cwd: web });
    if (code !== 0) throw new CommandError(`scripts/${program} failed with code ${code}; its output above says why`);
  }
  return server(["--dev"]);
}

const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");

function server(more) {
  const { args, ...options } = siteProcess();
  return run(process.execPath, [...args, ...more], { ...options, stopWithNpm: true });
}
