import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { fileAddress } from "../../apps/web/src/shared/run-addresses.ts";
import { desktop, openPage, siteUrl, visit } from "./browser.ts";
import { live } from "./home-page.ts";

/** How the built site answers: what only the server as it runs, or a browser, decides. */

const root = join(import.meta.dirname, "..", "..");
const run = parseRun(readFileSync(join(root, "artifacts/assignment/run.json"), "utf8"));
const weights = fileAddress(run, "page/encoder/weights.bin");
const curve = fileAddress(run, "loss_curve.svg");
const { worker } = JSON.parse(readFileSync(join(root, "apps/web/public/model-worker/address.json"), "utf8"));
const wasm = worker.replace("worker.js", "tfjs-backend-wasm-simd.wasm");

/** An answer to a request that fetch would not send; its body is not read. */
const ask = (path: string, { method = "GET", ...headers }: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = new URL(siteUrl());
    request({ hostname, port, path, method, headers }, (answer) => resolve(answer.resume()))
      .on("error", reject)
      .end();
  });

describe("every answer", () => {
  it.each(["/", "/viewer", "/no-such-page", worker, wasm, weights])(
    "at %s keeps other sites out of its memory, and devices out of the page",
    async (path) => {
      expect((await ask(path)).headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
    },
  );

  it.each(["/", weights, "/api/trpc/testPca", "/no-such-page", worker])(
    "at %s is refused under another site's name",
    async (path) => {
      expect((await ask(path, { host: "evil.com" })).statusCode).toBe(421);
    },
  );

  it.each(["TRACE", "POST", "OPTIONS"])("refuses %s", async (method) => {
    for (const path of ["/", weights, "/api/trpc/testPca", worker]) {
      const { statusCode, headers } = await ask(path, { method });
      expect([statusCode, headers.allow]).toEqual([405, "GET, HEAD"]);
    }
  });

  it.each([
    ["/%E0%A4%A", 400],
    ["/files/assignment/%E0%A4%A", 400],
    ["/chapters/%", 400],
    ["/api/trpc/%", 400],
    ["/program/constructor", 404],
    ["/program/__proto__", 404],
    ["/chapters/constructor", 404],
    ["/runs/__proto__/report", 404],
    ["/_next/image?url=%2Fx.png&w=640&q=75", 404],
    ["/api/trpc/constructor", 404],
    ["/?run=nobody", 200],
  ])("at %s has the status %i", async (path, status) => {
    expect((await ask(path)).statusCode).toBe(status);
  });
});

describe("bytes", () => {
  const whole = readFileSync(join(root, "artifacts/assignment/page/encoder/weights.bin"));

  it.each(["GET", "HEAD"])("come to %s with their length and a tag", async (method) => {
    const { headers } = await ask(weights, { method, "accept-encoding": "gzip" });
    expect(headers).toMatchObject({ "content-length": String(whole.length), "accept-ranges": "bytes" });
    expect((await ask(weights, { "if-none-match": headers.etag ?? "" })).statusCode).toBe(304);
  });

  it("come in part", async () => {
    const answer = await fetch(`${siteUrl()}${weights}`, { headers: { range: "bytes=100-199" } });
    expect([answer.status, answer.headers.get("content-length")]).toEqual([206, "100"]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(100, 200))).toBe(true);
  });

  it("of text are not compressed either, so that their length and their parts are what they say", async () => {
    const { headers } = await ask(fileAddress(run, "history.csv"), { "accept-encoding": "gzip" });
    const { size } = statSync(join(root, "artifacts/assignment/history.csv"));
    expect(headers).toMatchObject({ "content-length": String(size), "accept-ranges": "bytes" });
    expect(headers).not.toHaveProperty("content-encoding");
  });
});

it.each([
  ["PORT", "abc", "expected a number"],
  ["LOG_FORMAT", "xml", 'expected "text" or "json"'],
])("the server does not start with the setting %s=%s, and says so in one line", (name, value, expected) => {
  const server = join(root, "apps/web/.server/main.mjs");
  const { status, stderr } = spawnSync(process.execPath, [server], { env: { ...process.env, [name]: value } });
  expect(String(stderr)).toBe(
    `error: ${name}: ${expected} but got "${value}"; set it in the environment, or leave it out\n`,
  );
  expect(status).toBe(2);
});

describe("in the browser", () => {
  it("a page has memory of its own, and the worker and WASM whose names hold their hash are kept for good", () =>
    visit("/", { view: desktop }, async (page) => {
      await live(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(page.workers().map((one) => new URL(one.url()).pathname)).toEqual([worker]);
      expect(worker).toMatch(/^\/model-worker\/[0-9a-f]{16}\/worker\.js$/);
      for (const path of [worker, wasm]) {
        expect((await ask(path)).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      }
    }));

  it("an SVG of a run is a picture on a page, and a download where it is opened by itself", async () => {
    const { page, close } = await openPage(desktop);
    await page.goto("/runs");
    const width = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    }, curve);
    expect(width).toBeGreaterThan(100);
    const [download] = await Promise.all([page.waitForEvent("download"), page.goto(curve).catch(() => undefined)]);
    expect(download.suggestedFilename()).toBe("loss_curve.svg");
    expect(new URL(page.url()).pathname).toBe("/runs");
    await close();
  });
});
