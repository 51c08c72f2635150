// Building and serving apps/web.
import { createServer } from "node:net";
import { hostname } from "node:os";
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

/** Throws when somebody else listens there already. */
export async function requireFreePort({ port, host }) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new CommandError(`port ${port} is taken; stop what uses it, or choose another: PORT=${port + 1} npm start`),
        );
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

/** Serves the built site until it is stopped. */
export async function serveSite() {
  const { port, host } = address();
  for (const line of startLines({ port, host, allowed: process.env.ALLOWED_HOSTS })) say(line);
  const { args, ...options } = siteProcess({ port, host });
  return run(process.execPath, args, { ...options, stopWithNpm: true });
}

/** The process that serves the built site: arguments of Node, folder and environment. */
export function siteProcess({ port, host }) {
  return nextProcess(["start", "-p", String(port), "-H", host], host);
}

/** What is said when the site starts: where it is, and to whom it answers where others can reach it. */
export function startLines({ port, host, allowed }) {
  const shown = host.includes(":") ? `[${host}]` : host;
  const first = `Serving at http://${host === "127.0.0.1" ? "localhost" : shown}:${port} (Ctrl-C stops)`;
  if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) return [first];
  return [
    first,
    allowed
      ? `It answers to ${allowed} and localhost (ALLOWED_HOSTS).`
      : `It answers to every IP address and to the name ${hostname()}; ALLOWED_HOSTS=NAME,NAME names the only ones instead.`,
  ];
}

/** Serves the site with hot reload. */
export async function developSite() {
  const { port, host } = address();
  await requireFreePort({ port, host });
  await ensureInstalled();
  const code = await run(process.execPath, [tsx, "scripts/build-worker.ts"], { cwd: web });
  if (code !== 0) throw new CommandError(`the model worker did not build (code ${code}); its output above says why`);
  const { args, ...options } = nextProcess(["dev", "-p", String(port), "-H", host], host);
  return run(process.execPath, args, { ...options, stopWithNpm: true });
}

const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");

function nextProcess(args, host) {
  return {
    args: [join(root, "node_modules", "next", "dist", "bin", "next"), ...args],
    cwd: web,
    env: { ...process.env, LISTEN_ADDRESS: host, NEXT_TELEMETRY_DISABLED: "1" },
  };
}
