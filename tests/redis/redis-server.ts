import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real redis-server of a test's own, on a free port, with its append-only file in a folder of its own. */

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "redis-"));
  #process: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const words = ["--port", String(this.port), "--bind", "127.0.0.1", "--appendonly", "yes", "--dir", this.#folder];
    const server = spawn("redis-server", [...words, "--maxmemory-policy", "noeviction"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = server;
    await new Promise<void>((resolve, reject) => {
      server.stdout?.on("data", (text: Buffer) => text.includes("Ready to accept connections") && resolve());
      server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
      server.once("error", reject);
    });
  }

  /** @param signal SIGTERM lets it write what it has; SIGKILL does not */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const server = this.#process;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}
