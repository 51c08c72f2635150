import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../../scripts/lib/ports.mjs";

/** `npm run bench -- load` as a process, each stage for a moment: that it works, and that it leaves nothing running. */

const root = join(import.meta.dirname, "..", "..");

test("every kind of load is answered, and the server is gone afterwards", async () => {
  const port = await freePort();
  const stages = "home,files,api,hostile,slow,restart";
  const { child, output, ended } = bench("--quick", "--json", "--port", String(port), "--only", stages);
  expect([await ended, child.signalCode]).toEqual([0, null]);
  const { rows, figures } = JSON.parse(output.out);
  const { home, weights, range, unchanged, digits, drawn, api, batches, hostile, slow, restart } = rows;
  for (const row of [home, weights, digits, drawn, api, batches, slow]) {
    expect(row.failed).toBe(0);
    expect(Object.keys(row.statuses)).toEqual(["200"]);
    expect(row.p99).toBeGreaterThanOrEqual(row.p50);
    expect(row.server.cpu).toBeGreaterThan(0);
    expect(row.server.rss).toBeGreaterThan(20e6); // Node alone has more
  }
  expect(Object.keys({ ...range.statuses, ...unchanged.statuses })).toEqual(["206", "304"]);
  expect(hostile).toMatchObject({ answered: 20, failed: 0 });
  expect(hostile.outcomes).not.toHaveProperty("500");
  expect(restart.outcomes.refused).toBeGreaterThan(0);
  expect(restart.readyAfter).toBeGreaterThanOrEqual(restart.answeredAfter);
  expect(figures.map(({ what }: { what: string }) => what)).toContain("tRPC, requests a second");
  await expect(isTaken(port)).resolves.toBe(false);
});

test.each([
  ["SIGINT", 130, null],
  ["SIGTERM", 143, null],
  ["SIGKILL", null, "SIGKILL"],
] as const)("%s ends the bench and what it started", async (signal, code, died) => {
  const port = await freePort();
  const { child, output, ended } = bench("--quick", "--port", String(port), "--only", "mixed");
  await expect.poll(() => output.errors, { timeout: 110_000, interval: 100 }).toContain("── mixed");
  expect(await isTaken(port)).toBe(true);
  child.kill(signal);
  expect([await ended, child.signalCode]).toEqual([code, died]);
  await expect.poll(() => isTaken(port), { timeout: 20_000, interval: 100 }).toBe(false);
});

function bench(...args: string[]): {
  child: ChildProcess;
  output: { out: string; errors: string };
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [join(root, "scripts", "bench.mjs"), "load", ...args], {
    cwd: root,
    env: { ...process.env, WARM_UP: "off" }, // the bench asks for every page by itself
  });
  onTestFinished(() => void child.kill()); // where the test ended before it
  const output = { out: "", errors: "" };
  child.stdout.on("data", (text) => {
    output.out += text;
  });
  child.stderr.on("data", (text) => {
    output.errors += text;
  });
  return { child, output, ended: once(child, "close").then(() => child.exitCode) };
}

/** Whether somebody listens at a port of this machine. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
