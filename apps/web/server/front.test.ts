import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outcome, RouteQuestion } from "../src/data-thread/messages.ts";
import { dependOnPath, recording } from "../src/server/dependencies.ts";
import { DataAnswers } from "./data-answers.ts";
import { createFront } from "./front.ts";
import { Health } from "./health.ts";
import { KeptPages } from "./kept-pages.ts";
import { createLog, type Log } from "./log.ts";
import { renderPage } from "./render.ts";

/** The front before a Next and a data thread of our own making: a page with a nonce, bytes, and what fails. */

const here = { address: "127.0.0.1", allowed: [] };
const html = (nonce: string) =>
  `<script nonce="${nonce}">own()</script><script>injected()</script><p>${"words ".repeat(200)}</p>`;
let rendered = 0;
/** What pages are made from. */
const folder = mkdtempSync(join(tmpdir(), "front-"));
const shown = join(folder, "run.json");
writeFileSync(shown, "a run");
afterAll(() => rmSync(folder, { recursive: true }));
/** Longer than a file system's tick, after which a file's state tells of the next change. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 150));
beforeAll(settle);

const next: RequestListener = async ({ url, headers }, response) => {
  if (url === "/viewer?fails") throw new Error("a defect of ours");
  else {
    rendered += 1;
    await dependOnPath(shown);
    const nonce = Buffer.from(`secret ${rendered}`).toString("base64");
    response.statusCode = url === "/missing" ? 404 : 200;
    response.setHeader("content-security-policy", `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    response.setHeader("cache-control", "private, no-store");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("link", `</a.css>; rel=preload; nonce="${nonce}"; as="style"`);
    response.setHeader("vary", "rsc");
    response.setHeader("x-host", headers.host ?? "");
    response.end(html(nonce));
  }
};

/** What the data thread was asked, and how it answers. */
let asked: RouteQuestion[] = [];
let calledOff = 0;
const answerOf = (text: string, headers: Record<string, string> = {}, status = 200): Outcome => ({
  ok: true,
  value: { status, headers: Object.entries(headers), body: new TextEncoder().encode(text) },
  dependencies: [],
});
async function thread(question: RouteQuestion, signal: AbortSignal): Promise<Outcome> {
  asked.push(question);
  signal.addEventListener("abort", () => calledOff++);
  if (question.route === "api") {
    const path = question.request.url.includes("of=none") ? join(folder, "none") : shown;
    const { dependencies } = await recording(() => dependOnPath(path));
    return { ...answerOf(`[${"0,".repeat(2000)}0]`, { "content-type": "application/json" }), dependencies };
  }
  if (question.path[0] === "never") return new Promise(() => {});
  if (question.path[0] === "ends") {
    return { ok: false, refusal: { code: "SERVICE_UNAVAILABLE", sentence: "the thread ended" }, dependencies: [] };
  }
  if (question.path[0] === "same")
    return { ...answerOf(""), ok: true, value: { status: 304, headers: [["etag", '"1"']] } };
  const { dependencies } = await recording(() => dependOnPath(shown));
  if (question.path[0] === "kept") return { ...answerOf("bytes"), dependencies };
  if (question.path[0] === "large") return { ...answerOf("x".repeat(300_000)), dependencies };
  if (question.path[0] === "slow") await new Promise((resolve) => setTimeout(resolve, 300));
  return answerOf("bytes", { etag: '"1"' });
}

let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

function portOf(listening: Server | undefined): number {
  if (!listening) throw new Error("expected the front to be served");
  return (listening.address() as AddressInfo).port;
}

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

async function serve({ log = silent, ready = true } = {}) {
  rendered = 0;
  asked = [];
  calledOff = 0;
  let seconds = 0;
  const health = new Health("1.2.3", () => 1000 * seconds);
  seconds = 90;
  if (ready) health.becomeReady();
  const pages = new KeptPages((key) => renderPage(next, key));
  server = createServer(createFront({ here, health, pages, data: new DataAnswers(thread), next, log }));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  return (path: string, { method = "GET", ...headers }: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; body: Buffer }>(
      (resolve, reject) => {
        request(
          { host: "127.0.0.1", port, path, method, headers: { host: "localhost", ...headers } },
          async (answer) => {
            const chunks: Buffer[] = [];
            for await (const chunk of answer) chunks.push(chunk);
            resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) });
          },
        )
          .on("error", reject)
          .end();
      },
    );
}

describe("a page", () => {
  it("is made once, with hashes of its own scripts in the nonce's place", async () => {
    const ask = await serve();
    const first = await ask("/");
    expect((await ask("/")).body.equals(first.body)).toBe(true);
    expect(rendered).toBe(1);
    const text = first.body.toString();
    expect(text).toContain("<script>own()</script><script>injected()</script>");
    expect(JSON.stringify([first.headers, text])).not.toContain("nonce");
    const policy = String(first.headers["content-security-policy"]);
    // printf 'own()' | openssl dgst -sha256 -binary | base64
    expect(policy).toContain(
      "script-src 'self' 'sha256-1yruO3ZUqBddjC8oRrsLLZ/oiHYCAveB39McCaLvqnk=' 'wasm-unsafe-eval';",
    );
    expect(first.headers.link).toBe('</a.css>; rel=preload; as="style"');
  });

  it("is made anew each time that its file has changed", async () => {
    const ask = await serve();
    for (const times of [1, 2, 3]) {
      for (const _ of ["made", "kept"]) {
        await ask("/");
        expect(rendered).toBe(times);
      }
      writeFileSync(shown, `run ${times}`);
      await settle();
    }
  });

  it("comes in the encoding that is asked for, with its length", async () => {
    const ask = await serve();
    const plain = await ask("/");
    const br = await ask("/", { "accept-encoding": "gzip, deflate, br" });
    const gzip = await ask("/", { "accept-encoding": "gzip" });
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect([plain, br, gzip].map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "br", "gzip"]);
    for (const { headers, body } of [plain, br, gzip]) {
      expect(headers).toMatchObject({ "content-length": String(body.length), vary: "rsc, accept-encoding" });
    }
    expect(rendered).toBe(1);
  });

  it("is not sent to a reader who has it, nor where HEAD is asked", async () => {
    const ask = await serve();
    const { headers } = await ask("/");
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await ask("/", { "if-none-match": String(headers.etag), "accept-encoding": "br" });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers["content-security-policy"]).toBe(headers["content-security-policy"]);
    const head = await ask("/", { method: "HEAD" });
    expect([head.status, head.body.length, head.headers["content-length"]]).toEqual([
      200,
      0,
      headers["content-length"],
    ]);
  });

  it("that is not there is made anew each time, and has no tag", async () => {
    const ask = await serve();
    for (const times of [1, 2]) {
      const { status, headers, body } = await ask("/missing", { "accept-encoding": "br" });
      expect([status, headers.etag, headers["cache-control"]]).toEqual([404, undefined, "private, no-store"]);
      expect([headers["content-encoding"], headers["content-length"]]).toEqual([undefined, String(body.length)]);
      expect(rendered).toBe(times);
    }
  });

  it("holds nothing of the reader for whom it was made", async () => {
    const ask = await serve();
    const { headers } = await ask("/", { host: "127.0.0.1:80", "x-forwarded-host": "evil.com", cookie: "a=b" });
    expect(headers["x-host"]).toBe("localhost");
  });

  it("whose address says more than its run is Next's, with its nonce", async () => {
    const ask = await serve();
    for (const times of [1, 2]) {
      const { headers } = await ask("/viewer?layer=conv1");
      expect(headers["content-security-policy"]).toContain("'nonce-");
      expect(rendered).toBe(times);
    }
  });
});

describe("what is no page", () => {
  it.each(["GET", "HEAD"])("says its length to %s", async (method) => {
    const ask = await serve();
    const { headers, body } = await ask("/files/a/run.json", { method });
    expect(headers).toMatchObject({ "content-length": "5", etag: '"1"', "x-frame-options": "DENY" });
    expect(headers).not.toHaveProperty("transfer-encoding");
    expect(body.toString()).toBe(method === "GET" ? "bytes" : "");
  });

  it("is asked for by what decides about it, and by a name that is the server's own, for its log", async () => {
    const ask = await serve();
    const { headers } = await ask("/files/a/b%2c?c", {
      range: "bytes=0-1",
      "x-request-id": "a stranger's",
      cookie: "a=b",
    });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f]{8}$/);
    expect(asked).toEqual([
      {
        route: "files",
        path: ["a", "b%2c"],
        request: {
          url: "http://localhost/files/a/b%2c?c",
          method: "GET",
          headers: [
            ["range", "bytes=0-1"],
            ["x-request-id", headers["x-request-id"]],
          ],
        },
      },
    ]);
  });

  it.each([
    ["/drawn/kept/a.png", 1],
    ["/drawn/large/a.png", 2],
    ["/drawn/unknown/a.png", 2],
  ])("is kept where it is small and its files are known: %s", async (path, times) => {
    const ask = await serve();
    const first = await ask(path);
    expect((await ask(path)).body.equals(first.body)).toBe(true);
    expect(asked).toHaveLength(times);
    await ask(path, { range: "bytes=0-1" });
    await ask(path, { "if-none-match": '"1"' });
    await ask(path, { method: "HEAD" });
    expect(asked).toHaveLength(times + 3);
  });

  it("is asked for once by readers who come together", async () => {
    const ask = await serve();
    const bodies = await Promise.all(Array.from({ length: 10 }, () => ask("/drawn/slow/a.png")));
    expect(bodies.every(({ body }) => body.toString() === "bytes")).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("is the same where a proxy sends the whole address", async () => {
    const { body } = await (await serve())("http://localhost/files/a/run.json");
    expect(body.toString()).toBe("bytes");
    expect(asked).toMatchObject([{ path: ["a", "run.json"], request: { url: "http://localhost/files/a/run.json" } }]);
  });

  it("has no body and no length where the reader has it", async () => {
    const { status, headers, body } = await (await serve())("/files/same");
    expect([status, headers.etag, headers["content-length"], body.length]).toEqual([304, '"1"', undefined, 0]);
  });

  it("is refused where the data thread ends", async () => {
    const { status, headers, body } = await (await serve())("/drawn/ends");
    expect([status, headers["cache-control"], body.toString()]).toEqual([503, "no-store", "the thread ended\n"]);
  });

  it("is not worked on any more for a reader who has left", async () => {
    await serve();
    const port = portOf(server);
    const reader = request({ host: "127.0.0.1", port, path: "/files/never", headers: { host: "localhost" } });
    reader.on("error", () => {}).end();
    await expect.poll(() => asked.length).toBe(1);
    reader.destroy();
    await expect.poll(() => calledOff).toBe(1);
  });

  it.each(["/files", "/files?x", "/api/trpc", "/api/trpc/a/b", "/api/other", "/constructor/a", "//files/a"])(
    "has no address like %s",
    async (path) => {
      const ask = await serve();
      await ask(path);
      expect([asked.length, rendered]).toEqual([0, 1]);
    },
  );

  it("is answered with a sentence where Next fails, which names the line in the log", async () => {
    const lines: string[] = [];
    const ask = await serve({ log: createLog("json", (line) => lines.push(line)) });
    const { status, headers, body } = await ask("/viewer?fails");
    expect(status).toBe(500);
    expect(body.toString()).toBe(
      `the server failed at this request; its log says why, under ${headers["x-request-id"]}\n`,
    );
    const events = lines.map((line) => JSON.parse(line));
    expect(events).toEqual([
      expect.objectContaining({
        level: "error",
        id: headers["x-request-id"],
        message: expect.stringContaining("a defect of ours"),
      }),
      expect.objectContaining({ level: "error", id: headers["x-request-id"], path: "/viewer?fails", status: 500 }),
    ]);
  });

  it("is refused with the headers that every answer carries", async () => {
    const ask = await serve();
    const { status, headers } = await ask("/", { method: "TRACE" });
    expect(status).toBe(405);
    expect(headers).toMatchObject({
      allow: "GET, HEAD",
      "x-frame-options": "DENY",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });
});

describe("a question to the API", () => {
  const question = "/api/trpc/testPca?input=1";

  it("is asked once while the files that its answer was made from are the same", async () => {
    const ask = await serve();
    const first = await ask(question);
    for (const method of ["GET", "GET", "HEAD"])
      expect((await ask(question, { method })).headers).toMatchObject({
        "content-length": first.headers["content-length"],
        "content-type": "application/json",
      });
    expect(asked).toHaveLength(1);
    writeFileSync(shown, "mended");
    await settle();
    expect((await ask(question)).body.equals(first.body)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it("reaches the thread without its reader's headers: others get the same answer", async () => {
    const ask = await serve();
    await ask(question, { "trpc-accept": "application/jsonl", range: "bytes=0-1", accept: "text/html" });
    expect(asked[0]?.request.headers.map(([name]) => name)).toEqual(["x-request-id"]);
  });

  it("is answered compressed to those who take it so", async () => {
    const ask = await serve();
    const plain = await ask(question);
    const gzip = await ask(question, { "accept-encoding": "gzip, br" });
    expect(gzip.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(gzip.body.length).toBeLessThan(plain.body.length);
    const refused = await ask(question, { "accept-encoding": "br, gzip;q=0" });
    expect(refused.headers).not.toHaveProperty("content-encoding");
    expect(asked).toHaveLength(1);
  });
});

it("a reader who leaves after a long wait is written down, one who leaves soon is not", async () => {
  const lines: string[] = [];
  await serve({ log: createLog("json", (line) => lines.push(line)) });
  const port = portOf(server);
  const leave = async (milliseconds: number, path: string) => {
    const reader = request({ host: "127.0.0.1", port, path, headers: { host: "localhost" } });
    reader.on("error", () => {}).end();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    reader.destroy();
  };
  await Promise.all([leave(50, "/files/never/soon"), leave(1200, "/files/never/late")]);
  await expect
    .poll(() => lines.map((line) => JSON.parse(line)))
    .toEqual([
      expect.objectContaining({
        level: "warn",
        message: "a reader left before his answer was whole",
        path: "/files/never/late",
      }),
    ]);
});

describe("/healthz", () => {
  it("says that the server starts, then how it is, and no path of the machine", async () => {
    vi.stubEnv("RUNS_DIR", "tests/fixtures/runs");
    const starting = await (await serve({ ready: false }))("/healthz");
    expect([starting.status, starting.body.toString()]).toEqual([503, '{"status":"starting"}']);
    server?.close();
    const { status, headers, body } = await (await serve())("/healthz");
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, "application/json", "no-store"]);
    expect(JSON.parse(body.toString())).toEqual({
      status: "ready",
      version: "1.2.3",
      uptimeSeconds: 90,
      runs: { shown: 3, broken: 0 },
    });
    expect(body.toString()).not.toContain("/");
    vi.unstubAllEnvs();
  });

  it("is for this site alone", async () => {
    expect((await (await serve())("/healthz", { host: "evil.com" })).status).toBe(421);
  });
});
