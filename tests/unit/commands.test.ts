import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The root commands' refusals: one line, a non-zero exit code, and nothing begun. */

const root = join(import.meta.dirname, "..", "..");

test("npm start refuses a taken port before it builds, and names another", async () => {
  const { server, port } = await listen();
  const { status, stderr } = runScript("start.mjs", [], { PORT: String(port), HOST: "127.0.0.1" });
  server.close();
  expect(stderr.trim()).toBe(
    `error: port ${port} is taken; stop what uses it, or choose another: PORT=${port + 1} npm start`,
  );
  expect(status).toBe(1);
});

test.each(["http", "70000", "-1", "80.5"])("npm start refuses the port %s", (port) => {
  const { status, stderr } = runScript("start.mjs", [], { PORT: port });
  expect(stderr.trim()).toBe(`error: PORT: expected a number from 0 to 65535 but got "${port}"`);
  expect(status).toBe(2);
});

test.each([[["--gpu"]], [["--cuda", "--webgpu"]]])("npm run native refuses %j", (options) => {
  const { status, stderr } = runScript("native.mjs", options);
  expect(stderr.trim()).toBe(
    `error: npm run native: expected --cuda, --webgpu or nothing but got ${options.join(" ")}`,
  );
  expect(status).toBe(2);
});

test("the Turborepo task refuses options and names the command that takes them", () => {
  const cli = ["--import", "tsx", "apps/trainer/src/cli.ts", "--turbo", "--epochs", "3"];
  const { status, stderr } = spawnSync(process.execPath, cli, { cwd: root, encoding: "utf8" });
  expect(stderr).toContain("npm run train -- OPTIONS");
  expect(status).toBe(2);
});

function runScript(name: string, args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(root, "scripts", name), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : 0 });
    });
  });
}
