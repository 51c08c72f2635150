import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { Agent, createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it, test } from "vitest";
import { quantile, tally } from "../../scripts/bench/load/arithmetic.mjs";
import { ask, askEvenly } from "../../scripts/bench/load/ask.mjs";
import { hostileBatches } from "../../scripts/bench/load/hostile.mjs";
import { loopClock } from "../../scripts/bench/load/loop-clock.mjs";
import { parseLoad } from "../../scripts/bench/load/options.mjs";
import { figuresOf } from "../../scripts/bench/load/report.mjs";
import { restartUnderLoad } from "../../scripts/bench/load/restart.mjs";
import { slowClients } from "../../scripts/bench/load/slow-clients.mjs";

/** The parts of `npm run bench -- load`, against servers whose behaviour is known. */

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on a free port of this machine. */
async function serve(listener: RequestListener, port = 0) {
  const server = createServer(listener);
  servers.push(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: given } = server.address() as AddressInfo;
  return { server, port: given, url: `http://127.0.0.1:${given}` };
}

describe("the command line", () => {
  const help = "; npm run bench -- load --help lists the options";

  test.each([
    "http://example.org",
    "http://192.168.0.1:3000",
    "http://localhost.example.org",
    "http://127.0.0.1@example.org",
    "http://127.0.0.1.example.org",
    "http://0.0.0.0:3000",
    "https://localhost:3000",
    "localhost:3000",
    "3000",
  ])("refuses to load %s", (url) => {
    const expected = "expected an http address of this machine, such as http://localhost:3000,";
    expect(() => parseLoad(["--url", url])).toThrow(
      `--url: ${expected} but got "${url}": no other is loaded; npm run bench -- load --help lists the options`,
    );
  });

  test.each([
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.1.2.3/viewer?run=a", "http://127.1.2.3"],
    ["http://[::1]:80/", "http://[::1]"],
  ])("takes %s as %s", (given, url) => {
    expect(parseLoad(["--url", given]).url).toBe(url);
  });

  test.each([
    [["--only", "home,house"], '--only: expected stages out of home, chapter, .*, training but got "house"'],
    [["--only", ""], '--only: expected stages out of .* but got ""'],
    [["--port", "70000"], '--port: expected a number from 0 to 65535 but got "70000"'],
    [["--port", "3140", "--url", "http://localhost:3000"], "--port: expected it without --url"],
    [["--rate", "5"], "Unknown option '--rate'"],
    [["home"], "Unexpected argument 'home'"],
  ])("refuses %j", (args, message) => {
    expect(() => parseLoad(args)).toThrow(new RegExp(`^${message}.*${help}$`));
  });

  test.each([
    [["load", "--url", "http://example.org"], 2, /^error: --url: expected an http address of this machine/],
    [
      ["load", "--url", "http://127.0.0.1:1", "--quick"],
      1,
      /^error: expected the site at http:\/\/127.0.0.1:1 but nothing/m,
    ],
    [["lode"], 2, /^error: expected "page", "lighthouse", "in-page", "load" or "train" but got "lode"/],
    [
      ["lighthouse", "--preset", "phone"],
      2,
      /^error: --preset: expected desktop or mobile, for lighthouse, but got "phone"/,
    ],
    [["page", "--runs", "0"], 2, /^error: --runs: expected a whole number of at least 1 but got "0"/],
  ])("npm run bench -- %j ends with exit code %d", (args, code, message) => {
    const script = join(import.meta.dirname, "..", "..", "scripts", "bench.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    expect(stderr).toMatch(message);
    expect(status).toBe(code);
  });
});

it("npm run bench -- load does not measure who else listens at its port", async () => {
  const { port } = await serve((_, answer) => void answer.end("somebody else"));
  const script = join(import.meta.dirname, "..", "..", "scripts", "bench.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "load", "--port", String(port)], {
    encoding: "utf8",
  });
  expect(stderr).toBe(`error: port ${port} is taken; stop what uses it, or choose another: --port ${port + 1}\n`);
  expect(status).toBe(1);
});

describe("arithmetic", () => {
  // The worked example of nearest rank in Wikipedia's "Percentile".
  test.each([
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [1, 50],
  ])("the quantile %d of 15, 20, 35, 40 and 50 is %d", (share, value) => {
    expect(quantile([40, 15, 50, 20, 35], share)).toBe(value);
  });

  it("of 1,000 waits ten exceed the 99th percentile", () => {
    const waits = Array.from({ length: 1000 }, (_, at) => (at * 7919) % 1000); // each number once
    expect(waits.filter((wait) => wait > quantile(waits, 0.99))).toHaveLength(10);
  });

  it("refuses to take a quantile of nothing", () => {
    expect(() => quantile([], 0.5)).toThrow("expected numbers to take a quantile of but got none");
  });

  it("counts, the most frequent first", () => {
    expect(tally([200, "refused", 200])).toEqual([
      [200, 2],
      ["refused", 1],
    ]);
  });

  it("a figure is reached at its limit and missed beyond it", () => {
    const reached = (rows: object) => figuresOf(rows).map(({ reached }) => reached);
    expect(reached({ home: { rate: 100, p99: 1000 } })).toEqual([true, true]);
    expect(reached({ home: { rate: 99.9, p99: 1000.1 } })).toEqual([false, false]);
    expect(reached({ idle: { p99: 20 }, training: { p99: 40 } })).toEqual([true]);
    expect(reached({ idle: { p99: 20 }, training: { p99: 41 } })).toEqual([false]);
    expect(reached({ hostile: { grown: -3e6 }, mixed: { grown: 100.1e6 } })).toEqual([false, true]);
  });

  it("nothing is reached where nothing was answered", () => {
    const nothing = { rate: 0, p99: Number.POSITIVE_INFINITY };
    expect(figuresOf({ home: nothing }).map(({ reached }) => reached)).toEqual([false, false]);
    const ratios = [
      { idle: nothing, training: { p99: 10 } },
      { idle: { p99: 10 }, training: nothing },
      { idle: nothing, training: nothing },
    ];
    for (const rows of ratios) expect(figuresOf(rows).map(({ reached }) => reached)).toEqual([false]);
  });
});

/** Nanoseconds that this thread has computed so far, as Linux counts them. */
const schedstat = "/proc/thread-self/schedstat";
const computed = () => Number(readFileSync(schedstat, "utf8").split(" ")[0]);

it.runIf(existsSync(schedstat))("a loop that computes for 200 ms is seen to be blocked so long", async () => {
  const clock = loopClock();
  await setTimeout(100);
  clock.take();
  await setTimeout(100);
  const before = computed();
  while (computed() - before < 200e6);
  await setTimeout(20);
  const { longest, block } = clock.take();
  expect(block).toBeGreaterThan(190);
  expect(block).toBeLessThan(300); // what others take of the processor meanwhile does not count
  expect(longest).toBeGreaterThan(190);
});

describe("a request", () => {
  it("has a status once the answer is whole", async () => {
    const { url } = await serve((_, answer) => answer.writeHead(404).end("none"));
    expect(await ask(url)).toMatchObject({ status: 404, bytes: 4 });
  });

  it("fails as refused where nobody listens", async () => {
    const { server, url } = await serve(() => {});
    server.close();
    expect(await ask(url)).toMatchObject({ failure: "refused" });
  });

  it("fails as broken where the answer breaks off", async () => {
    const { url } = await serve((_, answer) => {
      answer.writeHead(200, { "content-length": 100 });
      answer.write("some", () => answer.destroy());
    });
    expect(await ask(url)).toMatchObject({ failure: "broken" });
  });

  it("fails as broken on a fresh connection that closes, and as reused on one that was kept", async () => {
    const { url } = await serve((request, answer) => {
      if (request.url === "/close") request.socket.destroy();
      else answer.end("kept");
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await ask(`${url}/close`, { agent })).toMatchObject({ failure: "broken" });
    expect(await ask(url, { agent })).toMatchObject({ status: 200 });
    expect(await ask(`${url}/close`, { agent })).toMatchObject({ failure: "reused" });
    agent.destroy();
  });

  it.each([
    ["head", () => {}],
    ["body", (answer: ServerResponse) => answer.writeHead(200).write("x")],
  ])("fails as a timeout where the %s does not come", async (_, begin) => {
    const { url } = await serve((_request, answer) => void begin(answer));
    expect(await ask(url, { timeout: 100 })).toMatchObject({ failure: "timeout" });
  });
});

it("asked evenly, a latency begins when its question is due and not when a connection is free", async () => {
  const { url } = await serve((_, answer) => void setTimeout(50).then(() => answer.end("late")));
  // One connection answers 20 a second of the 40 that are asked for: the last of 20 waits for 19 before it.
  const { answered, failed, longest } = await askEvenly(url, { connections: 1, rate: 40, seconds: 0.5 });
  expect([answered, failed]).toEqual([20, 0]);
  expect(longest).toBeGreaterThan(20 * 50 - 19 * 25 - 5);
});

it("slow clients send a byte a beat, and leave what they do not read at the server", async () => {
  const sockets: Socket[] = [];
  const { server, url } = await serve((_, answer) => void answer.end(Buffer.alloc(20e6)));
  server.on("connection", (socket) => sockets.push(socket));
  const begun = performance.now();
  const clients = slowClients(url, { senders: 1, readers: 1, path: "/", beat: 20 });
  await setTimeout(500);
  const [sender, reader] = sockets.sort((a, b) => a.bytesRead - b.bytesRead);
  const beats = (performance.now() - begun) / 20;
  expect(sender?.bytesRead).toBeGreaterThan(5);
  expect(sender?.bytesRead).toBeLessThanOrEqual(beats);
  expect(reader?.writableLength).toBeGreaterThan(1e6);
  sender?.destroy();
  await setTimeout(100);
  expect(clients.close()).toEqual({ open: 1, closed: 1 });
});

it("a restart counts what was refused apart from what failed", async () => {
  const answers: RequestListener = (_, answer) => void answer.end("here");
  const { server, port, url } = await serve(answers);
  const restart = async () => {
    server.closeAllConnections();
    server.close();
    await setTimeout(200);
    await serve(answers, port);
    return { stopped: { ms: 0, killed: false }, answeredAfter: 0, readyAfter: 0 };
  };
  const { answered, failed, outcomes } = await restartUnderLoad(url, restart, { connections: 3, seconds: 0.2 });
  expect(answered).toBeGreaterThan(3);
  expect(outcomes).toMatchObject({ 200: answered });
  expect(outcomes.refused).toBeGreaterThan(0);
  expect(failed).toBe((outcomes.reused ?? 0) + (outcomes.broken ?? 0));
});

it("hostile batches are as many as asked for, the same each time, and of every kind", () => {
  const batches = hostileBatches("assignment", 100);
  expect(batches).toHaveLength(100);
  expect(hostileBatches("assignment", 100)).toEqual(batches);
  const questions = batches.map(({ path }) => path.split("?")[0]!.split(",").length);
  expect(Math.max(...questions)).toBe(1400);
  expect(Math.max(...batches.map(({ path }) => path.length))).toBeGreaterThan(16_384);
});
