import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { lengthHeader } from "../src/server/answers.ts";
import { dependOnPath } from "../src/server/dependencies.ts";
import { createFront } from "./front.ts";
import { Health } from "./health.ts";
import { KeptPages } from "./kept-pages.ts";
import { createLog, type Log } from "./log.ts";
import { renderPage } from "./render.ts";

/** The front before a Next of our own making: a page with a nonce, a route that says its length, and what fails. */

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
  if (url === "/files/a/run.json") {
    response.setHeader(lengthHeader, "5");
    response.flushHeaders();
    response.end("bytes");
  } else if (url === "/api/fails") {
    throw new Error("a defect of ours");
  } else if (url === "/api/asked") {
    response.end(JSON.stringify(headers));
  } else {
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

let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

async function serve({ log = silent, ready = true } = {}) {
  rendered = 0;
  let seconds = 0;
  const health = new Health("1.2.3", () => 1000 * seconds);
  seconds = 90;
  if (ready) health.becomeReady();
  const pages = new KeptPages((key) => renderPage(next, key));
  server = createServer(createFront({ here, health, pages, next, log }));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
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
    const { headers } = await ask("/files/a/run.json", { method });
    expect(headers).toMatchObject({ "content-length": "5" });
    expect(headers).not.toHaveProperty(lengthHeader);
    expect(headers).not.toHaveProperty("transfer-encoding");
  });

  it("carries a name that is the server's own, for its log", async () => {
    const ask = await serve();
    const { headers, body } = await ask("/api/asked", { "x-request-id": "a stranger's" });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.parse(body.toString())["x-request-id"]).toBe(headers["x-request-id"]);
  });

  it("is answered with a sentence where Next fails, which names the line in the log", async () => {
    const lines: string[] = [];
    const ask = await serve({ log: createLog("json", (line) => lines.push(line)) });
    const { status, headers, body } = await ask("/api/fails");
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
      expect.objectContaining({ level: "error", id: headers["x-request-id"], path: "/api/fails", status: 500 }),
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
