import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:net";
import { hostname } from "node:os";
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

test.each([
  [{ host: "127.0.0.1" }, ["Serving at http://localhost:80 (Ctrl-C stops)"]],
  [{ host: "::1" }, ["Serving at http://[::1]:80 (Ctrl-C stops)"]],
  [
    { host: "0.0.0.0" },
    [
      "Serving at http://0.0.0.0:80 (Ctrl-C stops)",
      `It answers to every IP address and to the name ${hostname()}; ALLOWED_HOSTS=NAME,NAME names the only ones instead.`,
    ],
  ],
  [
    { host: "::", allowed: "ae.lab" },
    ["Serving at http://[::]:80 (Ctrl-C stops)", "It answers to ae.lab and localhost (ALLOWED_HOSTS)."],
  ],
])("npm start with %j says where it is, and to whom it answers", (at, lines) => {
  const program = `import { startLines } from "./scripts/lib/site.mjs";
    console.log(JSON.stringify(startLines(${JSON.stringify({ port: 80, ...at })})));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toEqual(lines);
});

test("npm run native refuses an unknown option", () => {
  const { status, stderr } = runScript("native.mjs", ["--gpu"]);
  expect(stderr.trim()).toBe("error: npm run native: expected --cuda or nothing but got --gpu");
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
