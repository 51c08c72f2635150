import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/**
 * Builds the site, serves it on a free port and gives the tests its address in SITE_URL.
 * @public Vitest calls it
 */
export default async function serve(): Promise<() => void> {
  const given = process.env.SITE_URL;
  if (given) return () => {}; // a site that is served already
  await buildSite();
  const { url, stop } = await serveSite({});
  process.env.SITE_URL = url;
  return stop;
}

/** Builds the site; Turborepo does nothing where it is built already. */
export async function buildSite(): Promise<void> {
  const turbo = [
    "node_modules/turbo/bin/turbo",
    "run",
    "build",
    "--filter=@autoencoder/web",
    "--output-logs=errors-only",
  ];
  await finished(spawn(process.execPath, turbo, { cwd: root, stdio: "inherit" }));
}

/** The site's server, on a free port where none is set, with some variables set, once it is ready; pages are made when they are asked for. */
export async function serveSite(
  env: Record<string, string>,
): Promise<{ url: string; pid: number; stop: (signal?: NodeJS.Signals) => void }> {
  const port = env.PORT ?? (await freePort());
  const child = spawn(process.execPath, [".server/main.mjs"], {
    cwd: join(root, "apps/web"),
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(port),
      WARM_UP: "off",
      NEXT_TELEMETRY_DISABLED: "1",
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return { url, pid: child.pid as number, stop: (signal) => child.kill(signal) };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error(`expected the site to answer at ${url} within a minute but it did not; its output above says why`);
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the site did not build (code ${code})`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
