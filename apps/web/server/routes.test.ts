import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mnistChecksums } from "@autoencoder/data";
import { parseRun } from "@autoencoder/model/run";
import { inject, type Response } from "light-my-request";
import { describe, expect, it } from "vitest";
import { answer } from "../src/data-thread/answer.ts";
import { outcomeOf } from "../src/data-thread/serve.ts";
import { guards } from "../src/server/answers.ts";
import { answerFiles } from "../src/server/routes/files.ts";
import { answerProgram } from "../src/server/routes/program.ts";
import { drawnAddress, fileAddress } from "../src/shared/run-addresses.ts";
import { DataAnswers } from "./data-answers.ts";
import { createFront } from "./front.ts";
import { Health } from "./health.ts";

/** What is served that is no page, without a connection and without a thread. */

const run = parseRun(readFileSync("artifacts/assignment/run.json", "utf8"));
const weights = fileAddress(run, "page/encoder/weights.bin");
const pictures = `/data/${mnistChecksums["t10k-images-idx3-ubyte"]}/test`;

const front = createFront({
  here: { address: "127.0.0.1", allowed: [] },
  health: new Health("1.2.3"),
  data: new DataAnswers((question, reader) => outcomeOf(() => answer(question, reader))),
  next: (_, response) => response.writeHead(404).end("a page of Next's"),
  log: { info: () => {}, warn: () => {}, error: () => {} },
});

/** The answer to an address. */
function ask(url: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET"): Promise<Response> {
  return inject(front, { url, method, headers: { host: "localhost", ...headers } });
}

describe("every answer that is no page", () => {
  it.each([
    ["a file of a run", weights, 200],
    ["a picture of a run that could hold script", fileAddress(run, "loss_curve.svg"), 200],
    ["a run.json", "/files/assignment/run.json", 200],
    ["MNIST", `${pictures}/0-3`, 200],
    ["what is drawn of a run", `${drawnAddress(run)}/20/icon.png`, 200],
    ["the program", "/program/mnist_autoencoder.py", 200],
    ["the notebook", "/notebooks/colab.ipynb", 200],
    ["a refusal of a file", "/files/nobody/run.json", 404],
    ["a refusal of numbers", `${pictures}/9990-10001`, 400],
    ["a refusal of a drawing", `/drawn/assignment/${"0".repeat(128)}/20/icon.png`, 404],
    ["a refusal of a program", "/program/constructor", 404],
  ])("%s runs nothing, is taken for nothing else and is for this site alone", async (_, address, status) => {
    const answer = await ask(address);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject(guards);
  });

  it("saves an SVG and a program where they are opened by themselves, and no picture of pixels", async () => {
    const disposition = async (address: string) => (await ask(address)).headers["content-disposition"];
    expect(await disposition(fileAddress(run, "loss_curve.svg"))).toBe("attachment");
    expect(await disposition("/program/mnist_autoencoder.py")).toBe('attachment; filename="mnist_autoencoder.py"');
    expect(await disposition(fileAddress(run, "loss_curve.png"))).toBeUndefined();
  });
});

describe("bytes", () => {
  const whole = readFileSync("artifacts/assignment/page/encoder/weights.bin");
  const etag = `"${createHash("sha256").update(whole).digest("hex").slice(0, 32)}"`;
  const length = whole.length;

  it("come whole, with their length, a tag of their content, and word that parts can be had", async () => {
    const answer = await ask(weights);
    expect(answer.headers).toMatchObject({
      etag,
      "accept-ranges": "bytes",
      "cache-control": "public, max-age=31536000, immutable, no-transform",
      "content-length": String(length),
    });
    expect(answer.rawPayload.equals(whole)).toBe(true);
  });

  it.each([
    ["bytes=0-9", 0, 10],
    ["bytes=10-10", 10, 11],
    [`bytes=${length - 4}-`, length - 4, length],
    ["bytes=-4", length - 4, length],
    [`bytes=-${length + 1}`, 0, length],
    [`bytes=5-${length + 5}`, 5, length],
  ])("come in part for Range: %s", async (range, start, end) => {
    const answer = await ask(weights, { range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers["content-range"]).toBe(`bytes ${start}-${end - 1}/${length}`);
    expect(answer.headers["content-length"]).toBe(String(end - start));
    expect(answer.rawPayload.equals(whole.subarray(start, end))).toBe(true);
  });

  it.each([`bytes=${length}-`, "bytes=-0", `bytes=${length}-${length + 9}`])(
    "do not come for Range: %s, which has none of them",
    async (range) => {
      const answer = await ask(weights, { range });
      expect(answer.statusCode).toBe(416);
      expect(answer.headers["content-range"]).toBe(`bytes */${length}`);
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.body).toBe(`expected a range of the ${length} bytes that there are\n`);
    },
  );

  it.each([
    ["several ranges", { range: "bytes=0-1,4-5" }, "GET"],
    ["a range that ends before it starts", { range: "bytes=9-0" }, "GET"],
    ["no numbers", { range: "bytes=-" }, "GET"],
    ["another unit", { range: "rows=0-9" }, "GET"],
    ["a part of bytes that have changed since", { range: "bytes=0-9", "if-range": '"older"' }, "GET"],
    ["a part of what was compressed", { range: "bytes=0-9", "if-range": `W/${etag}` }, "GET"],
    ["a part by HEAD", { range: "bytes=0-9" }, "HEAD"],
  ] as const)("come whole for %s", async (_, headers, method) => {
    const answer = await ask(weights, headers, method);
    expect([answer.statusCode, answer.headers["content-length"]]).toEqual([200, String(length)]);
  });

  it("come in part where If-Range names what they still are", async () => {
    expect((await ask(weights, { range: "bytes=0-9", "if-range": etag })).statusCode).toBe(206);
  });

  it.each([etag, `"other", ${etag}`, `W/${etag}`, "*"])("do not come again for If-None-Match: %s", async (tags) => {
    const answer = await ask(weights, { "if-none-match": tags });
    expect(answer.statusCode).toBe(304);
    expect(answer.headers.etag).toBe(etag);
    expect(answer.rawPayload).toHaveLength(0);
  });

  it("of MNIST, drawings and texts have tags and come in part too", async () => {
    const text = fileAddress(run, "history.csv");
    for (const address of [`${pictures}/0-3`, `${drawnAddress(run)}/20/icon.png`, text, "/notebooks/colab.ipynb"]) {
      const tag = String((await ask(address)).headers.etag);
      expect((await ask(address, { "if-none-match": tag })).statusCode).toBe(304);
      expect((await ask(address, { range: "bytes=0-9" })).statusCode).toBe(206);
    }
  });
});

describe("what there is not", () => {
  it.each([
    ["/program/mnist_autoencoder.py/x", 404, /but got mnist_autoencoder.py\/x/],
    ["/notebooks/x.ipynb", 404, /expected colab.ipynb but got x.ipynb/],
    ["/program/constructor", 404, /expected mnist_autoencoder.py or mnist_autoencoder.ipynb but got constructor/],
    ["/program/__proto__", 404, /but got __proto__/],
    [`/data/${"0".repeat(64)}/constructor/0-3`, 404, /expected \/data\/SHA256\/SET/],
    [`/data/${"0".repeat(64)}/__proto__/0-3`, 404, /expected \/data\/SHA256\/SET/],
    [`${pictures}/%E0%A4%A9`, 400, /expected START-END .* but got %E0%A4%A9/],
    [`${pictures}/%E0%A4%A`, 400, /expected an address with % followed by/],
    [`${pictures}/0-3/constructor`, 404, /expected \/data\/SHA256\/SET/],
    ["/files/constructor/run.json", 404, /there is no run "constructor"/],
    ["/files/__proto__/run.json", 400, /expected a run's name/],
    ["/files/assignment/constructor", 404, /expected \/files\/RUN/],
    [`${drawnAddress(run)}/constructor/icon.png`, 404, /there is no recorded sample constructor/],
    [`${drawnAddress(run)}/20/constructor.png`, 404, /expected strip.png/],
    [`${drawnAddress(run)}/snapshots/x.png`, 404, /no film/],
    [`${drawnAddress(run)}/latents/umap-99`, 404, /expected plane, factor or sheet.png but got umap-99/],
  ])("%s is answered with %i and a sentence", async (address, status, sentence) => {
    const answer = await ask(address);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toMatch(sentence);
  });

  it("is said on one line, whatever the address holds", async () => {
    for (const file of ["a\nb", "\u2028", "\ud800", "x".repeat(9000)]) {
      const answer = await answerProgram(new Request("http://site/"), [file]);
      expect(await answer.text()).toMatch(/^expected [^\n\u2028\ud800]{1,600}\n$/);
    }
  });

  it("ends its work where the reader has gone", async () => {
    const request = new Request(`http://site${weights}`, { signal: AbortSignal.abort() });
    const [, , ...path] = weights.split("/");
    expect((await answerFiles(request, path)).status).toBe(499);
  });
});
