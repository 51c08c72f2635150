import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataAnswers } from "../../../apps/web/server/data-answers.ts";
import { createFront } from "../../../apps/web/server/front.ts";
import { Health } from "../../../apps/web/server/health.ts";
import { KeptPages } from "../../../apps/web/server/kept-pages.ts";
import { createLog } from "../../../apps/web/server/log.ts";
import { renderPage } from "../../../apps/web/server/render.ts";
import { desktop, openContext } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";

/** Pages that are kept: what they let run, and until when they are shown. */

const root = join(import.meta.dirname, "..", "..", "..");
const program = "window.executed = true; globalThis.executed = true;\n";
const name = "code-of-32";

let folder: string;
let site: { url: string; stop: () => void };
const at = (path: string) => join(folder, name, path);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
  cpSync(join(root, "tests/fixtures/runs", name), join(folder, name), { recursive: true });
  const run = JSON.parse(readFileSync(at("run.json"), "utf8"));
  run.files.push({ path: "x.js", bytes: program.length, sha256: sha256(program) });
  writeFileSync(at("run.json"), JSON.stringify(run));
  writeFileSync(at("x.js"), program);
  site = await serveSite({ RUNS_DIR: folder, WARM_UP: "on" });
});
afterAll(() => {
  site.stop();
  rmSync(folder, { recursive: true, force: true });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Longer than a file system's tick, after which a file's state tells of the next change. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 150));

describe("a page that is kept", () => {
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${site.url}${path}`, { headers });
  const page = `/viewer?run=${name}`;

  it("lies ready once the server is", async () => {
    const health = await ask("/healthz");
    expect(await health.json()).toMatchObject({ status: "ready", runs: { shown: 1, broken: 0 } });
    const began = performance.now();
    await (await ask("/chapters/training")).text();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it("is the same at each request, and is not sent again to who has it", async () => {
    const first = await ask(page);
    const etag = first.headers.get("etag") ?? "";
    expect(await (await ask(page)).text()).toBe(await first.text());
    for (const encoding of ["br", "gzip", "identity"]) {
      expect((await ask(page, { "if-none-match": etag, "accept-encoding": encoding })).status).toBe(304);
    }
  });

  it("is not what Next's own navigation gets", async () => {
    const answer = await ask(page, { rsc: "1" });
    expect(answer.headers.get("content-type")).toBe("text/x-component");
  });

  it("is another once its run is, is missing while the run is, and is there again", async () => {
    const seedOf = async () => {
      const answer = await ask(`/runs/${name}/report`);
      return [answer.status, /seed<\/dt><dd>(\d+)/.exec(await answer.text())?.[1]];
    };
    const original = readFileSync(at("run.json"), "utf8");
    const { seed } = JSON.parse(original);
    await settle();
    for (const _ of [1, 2]) expect(await seedOf()).toEqual([200, String(seed)]);
    writeFileSync(at("run.json"), JSON.stringify({ ...JSON.parse(original), seed: seed + 1 }));
    await settle();
    for (const _ of [1, 2]) expect(await seedOf()).toEqual([200, String(seed + 1)]);
    renameSync(join(folder, name), join(folder, "gone.away"));
    expect((await seedOf())[0]).toBe(404);
    renameSync(join(folder, "gone.away"), join(folder, name));
    writeFileSync(at("run.json"), original);
    for (const _ of [1, 2]) expect(await seedOf()).toEqual([200, String(seed)]);
  });

  it("says what is wrong with a file until it is mended", async () => {
    const broken = async () => (await (await ask(page)).text()).includes("train the run again");
    const original = readFileSync(at("samples.safetensors"));
    await settle();
    expect(await broken()).toBe(false);
    writeFileSync(at("samples.safetensors"), Buffer.alloc(original.length));
    await settle();
    for (const _ of [1, 2]) expect(await broken()).toBe(true);
    writeFileSync(at("samples.safetensors"), original);
    await settle();
    for (const _ of [1, 2]) expect(await broken()).toBe(false);
  });

  it("is not kept under the name of a run that is not there", async () => {
    for (const stranger of ["nobody", "nobody-else", "nobody"]) {
      const answer = await ask(`/viewer?run=${stranger}`);
      expect([answer.status, answer.headers.get("etag")]).toEqual([404, null]);
      expect(await answer.text()).toContain(`there is no run &quot;${stranger}&quot;`);
    }
  });
});

describe("what comes from a stranger", () => {
  it("is no script of this site's, whatever its name ends with", async () => {
    const context = await openContext(desktop);
    const page = await context.newPage();
    await page.goto(`${site.url}/runs`);
    /** What becomes of an address as a script, a module and a worker. */
    const asScript = (address: string) =>
      page.evaluate(async (src) => {
        const element = (type: string) =>
          new Promise<string>((resolve) => {
            const script = Object.assign(document.createElement("script"), { src, type });
            script.onload = () => resolve("ran");
            script.onerror = () => resolve("refused");
            document.head.append(script);
          });
        const worker = new Promise<string>((resolve) => {
          const one = new Worker(src);
          one.onerror = () => resolve("refused");
          setTimeout(() => resolve("ran"), 1000);
        });
        return Promise.all([element(""), element("module"), worker]);
      }, address);
    const refused = ["refused", "refused", "refused"];
    for (const address of [
      `/files/${name}/${sha256(program)}/x.js`,
      `/files/${name}/run.json`,
      "/program/mnist_autoencoder.py",
      "/notebooks/colab.ipynb",
      `/api/trpc/testPca?input=${encodeURIComponent(JSON.stringify({ name }))}`,
      "/healthz",
    ]) {
      expect([address, (await fetch(`${site.url}${address}`)).status]).toEqual([address, 200]);
      expect([address, await asScript(address)]).toEqual([address, refused]);
    }
    expect(await page.evaluate(() => "executed" in window)).toBe(false);
    // And that one of the site's own would have run.
    const own = (await page.locator("script[src^='/_next/']").first().getAttribute("src")) ?? "";
    expect((await asScript(own)).slice(0, 2)).toEqual(["ran", "ran"]);
    await context.close();
  });
});

describe("a script that got into a page", () => {
  /** A Next with a hole: a stranger's words come into its page as they are. */
  const strangers = [
    "<script>window.executed = true</script>",
    '<script nonce="">window.executed = true</script>',
    '<script nonce="bm9uY2U=">window.executed = true</script>',
    '<img src="data:," onerror="window.executed = true">',
    '<script src="/files/a/b/x.js"></script>',
    '<script src="data:text/javascript,window.executed=true"></script>',
    '<iframe srcdoc="<script>parent.executed = true</script>"></iframe>',
  ].join("");
  const data = new DataAnswers(async () => ({
    ok: true,
    value: {
      status: 200,
      headers: [["content-type", "application/octet-stream"]],
      body: new TextEncoder().encode(program),
    },
    dependencies: [],
  }));
  const next: RequestListener = (_, response) => {
    const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    const own = (word: string) => `<script nonce="${nonce}">window.${word} = true</script>`;
    response.end(`<!doctype html>${own("before")}<p>${strangers}</p>${own("after")}`);
  };
  let server: Server;
  beforeAll(async () => {
    const pages = new KeptPages((key) => renderPage(next, key));
    const health = new Health("0");
    const log = createLog("json", (line) => process.stderr.write(line));
    server = createServer(createFront({ here: { address: "127.0.0.1", allowed: [] }, health, pages, data, next, log }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  it("does not run, and Next's own around it do", async () => {
    const context = await openContext(desktop);
    const page = await context.newPage();
    const blocked: string[] = [];
    page.on("console", (message) => blocked.push(message.text()));
    for (const _ of ["made", "kept"]) {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: "load" });
      expect(await page.evaluate(() => ["before", "after", "executed"].map((word) => word in window))).toEqual([
        true,
        true,
        false,
      ]);
    }
    expect(blocked.filter((text) => text.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(6);
    await context.close();
  });
});
