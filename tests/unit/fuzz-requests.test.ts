import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { mnistChecksums } from "@autoencoder/data";
import { parseRun } from "@autoencoder/model/run";
import fc from "fast-check";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { chooseEncoding } from "../../apps/web/server/encoded.ts";
import { pageKey } from "../../apps/web/server/page-key.ts";
import { refusalOf } from "../../apps/web/server/refusal.ts";
import { mendingCommand } from "../../apps/web/src/features/run/failure.tsx";
import { proxy } from "../../apps/web/src/proxy.ts";
import { answer, guards } from "../../apps/web/src/server/answers.ts";
import { folders, listening } from "../../apps/web/src/server/env.ts";
import { acceptsHost, hostRefusal } from "../../apps/web/src/server/hosts.ts";
import { answerData as data } from "../../apps/web/src/server/routes/data.ts";
import { answerDrawn as drawn } from "../../apps/web/src/server/routes/drawn.ts";
import { answerFiles as files } from "../../apps/web/src/server/routes/files.ts";
import { answerProgram as program } from "../../apps/web/src/server/routes/program.ts";
import { drawnAddress, fileAddress } from "../../apps/web/src/shared/run-addresses.ts";
import { answerApi } from "../../apps/web/src/trpc/http.ts";
import { requestLimits } from "../../apps/web/src/trpc/limits.ts";
import { ignored, isSentence, tryMutants } from "../fixtures/fuzzing.ts";
import { hostilePiece, jsonMutants, textMutants } from "../fixtures/mutants.ts";

/**
 * What strangers send to the server: addresses, headers, questions. Every answer is what was asked for, or a status from 400 to 499 and
 * a sentence; none is a 500.
 */

const runs = join(import.meta.dirname, "../fixtures/runs");
const run = parseRun(readFileSync(join(runs, "code-of-32/run.json"), "utf8"));
beforeAll(async () => {
  vi.stubEnv("RUNS_DIR", runs);
  await ask(files, fileAddress(run, "history.csv")); // what is read once is read before anything is timed
  await ask(data, `${pictures}/0-1`);
  await ask(drawn, `${drawnAddress(run)}/20/strip.png`);
});
afterEach(() => {
  for (const name of ["ALLOWED_HOSTS", "HOST", "PORT"]) vi.stubEnv(name, undefined);
});
afterAll(() => vi.unstubAllEnvs());

type Route = (request: Request, path: readonly string[]) => Promise<Response>;
const ask = (route: Route, address: string) => route(new Request("http://site/"), address.split("/").slice(2));

/** An answer that was asked for; a refusal as an error whose message is its body. */
async function given(response: Response): Promise<Response> {
  expect(Object.fromEntries(response.headers)).toMatchObject(guards);
  if (response.status < 400) return response;
  const body = await response.text();
  if (response.status >= 500 || !body.endsWith("\n")) throw new TypeError(`${response.status}: ${body}`);
  throw new Error(body.slice(0, -1));
}

const says = /./;
const on = { address: "127.0.0.1", allowed: [] };
/** As an address has it; half a letter is none. */
const encoded = (text: string) => encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));
const pictures = `/data/${mnistChecksums["t10k-images-idx3-ubyte"]}/test`;

describe("an address", () => {
  it.each([
    ["/data", data, [`${pictures}/3-5`, `${pictures}/3,5,7`, `${pictures}/0-10/labels`]],
    ["/files", files, [fileAddress(run, "history.csv"), "/files/code-of-32/run.json"]],
    [
      "/drawn",
      drawn,
      ["20/icon.png", "20/conv2d.png", "snapshots/3.png", "latents/plane", "samples.png", "ten.png"].map(
        (file) => `${drawnAddress(run)}/${file}`,
      ),
    ],
  ] as const)("below %s", (parser, route, addresses) =>
    tryMutants({
      parser: `address: ${parser}`,
      mutants: fc.oneof(
        ...addresses.map(textMutants),
        fc.tuple(fc.constantFrom(...addresses), hostilePiece).map(([address, piece]) => {
          return address.replace(/[^/]+$/, () => piece); // the last part alone: the others are right
        }),
      ),
      parse: async (address) => given(await ask(route, address)),
      use: async (response, address) => {
        const { byteLength: length } = await response.arrayBuffer();
        expect(length).toBeGreaterThan(0);
        if (route === data) expect(length).toBeLessThanOrEqual(1000 * 784);
        expect(address.split("/").slice(2)).not.toContain(".."); // no way out of a run's folder
      },
      says,
    }),
  );

  it("below /program", () =>
    tryMutants({
      parser: "address: /program",
      mutants: fc.oneof(textMutants("mnist_autoencoder.py"), hostilePiece),
      parse: async (file) => given(await program(new Request("http://site/"), [file])),
      use: (_, file) => expect(file).toMatch(/^mnist_autoencoder\.(py|ipynb)$/),
      says,
    }));

  it("of a page, before it is one", () =>
    tryMutants({
      parser: "request: address, method, host",
      mutants: fc.record({
        path: fc.oneof(
          textMutants("/viewer?run=code-of-32&digit=3"),
          textMutants("/runs/code-of-32/report"),
          textMutants("/chapters/training?run=nobody"),
          fc.webPath().map((path) => `/${path}`),
        ),
        host: fc.oneof({ weight: 4, arbitrary: fc.constant("localhost:3000") }, { weight: 1, arbitrary: hosts }),
        method: fc.oneof({ weight: 8, arbitrary: fc.constant("GET") }, { weight: 1, arbitrary: fc.constant("PUT") }),
      }),
      async parse({ path, host, method }) {
        const url = URL.parse(path, "http://localhost:3000");
        if (url?.origin !== "http://localhost:3000") return ignored; // no address of this site at all
        const refused = refusalOf({ method, host, url: url.pathname + url.search }, on);
        if (refused) return given(refused);
        const key = pageKey(url.pathname + url.search, {});
        if (key !== undefined) expect(key).toMatch(/^\/[a-z0-9/-]*(\?run=[a-z0-9-]+)?$/);
        const response = await proxy(new NextRequest(url, { method, headers: { host } }));
        if (response.headers.get("x-middleware-next") === "1" && response.status < 500) return response;
        return given(response);
      },
      use: (response, { method }) => {
        expect([200, 404]).toContain(response.status);
        expect(method).toBe("GET");
      },
      says,
    }));

  it("of a run that there is not, which becomes a command to type only where it is a name", () =>
    tryMutants({
      parser: "name of a run, as a command",
      mutants: fc.oneof(textMutants("code-of-32"), textMutants("assignment"), hostilePiece),
      parse: (name) => mendingCommand(name) ?? ignored,
      use: (command) => expect(command).toMatch(/^(npx turbo run train|npm run train -- --(recipe|name) [a-z0-9-]+)$/),
    }));
});

/** What a header can hold: one line of Latin letters. */
const inHeader = (text: string) => text.replace(/[^\t\x20-\xff]/g, "").trim();
const short = (texts: fc.Arbitrary<string>) => texts.map((text) => text.slice(0, 60));
const hosts = fc
  .oneof(
    ...["localhost:3000", "127.0.0.1", "[::1]:3000", "lab.example:80", "evil.com", "192.168.1.5"].map(textMutants),
    fc.domain(),
    fc.ipV6().map((address) => `[${address}]`),
    hostilePiece,
  )
  .map(inHeader);

describe("a header", () => {
  it("Host, over the settings of the environment", () =>
    tryMutants({
      parser: "header: Host, and .env",
      mutants: fc.record({
        host: fc.option(hosts),
        allowed: fc.oneof(
          fc.constant("lab.example, 10.0.0.7"),
          short(textMutants("lab.example,other")),
          fc.constant(""),
        ),
        address: fc.oneof(fc.constantFrom("127.0.0.1", "0.0.0.0", "::1", "localhost"), short(hostilePiece)),
        port: fc.oneof(fc.constantFrom("3000", "0", ""), short(hostilePiece)),
      }),
      parse({ host, allowed, address, port }) {
        vi.stubEnv("ALLOWED_HOSTS", allowed);
        vi.stubEnv("HOST", address);
        vi.stubEnv("PORT", port);
        const here = listening();
        expect(folders().runs).toBe(runs);
        expect(Number.isInteger(here.port) && here.port >= 0 && here.port < 65_536).toBe(true);
        if (acceptsHost(host, here, "desk.lab")) return here;
        throw new Error(hostRefusal(host, here));
      },
      use: ({ allowed, address }, { host }) => {
        const name = (host ?? "").toLowerCase().replace(/:\d{1,5}$/, "");
        const bare = name.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
        const named = ["localhost", "127.0.0.1", "::1", ...allowed].includes(bare);
        const machine = isIP(bare) !== 0 || ["desk.lab", "desk", "desk.local"].includes(bare);
        expect(named || (machine && allowed.length === 0 && address !== "127.0.0.1")).toBe(true);
      },
    }));

  const bytes = new TextEncoder().encode("0123456789");
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  it("Range, If-Range and If-None-Match", () =>
    tryMutants({
      parser: "headers: Range, If-Range, If-None-Match",
      mutants: fc.record(
        {
          range: fc.oneof(
            fc
              .tuple(fc.option(fc.nat(14), { nil: "" }), fc.option(fc.nat(14), { nil: "" }))
              .map(([first, last]) => `bytes=${first}-${last}`),
            textMutants("bytes=2-7").map(inHeader),
          ),
          "if-range": fc.constantFrom(etag, '"other"', ""),
          "if-none-match": fc.oneof(fc.constantFrom(etag, `W/${etag}`, "*", '"other"'), hostilePiece.map(inHeader)),
        },
        { requiredKeys: [] },
      ),
      parse: async (headers) => {
        const sent = Object.entries(headers) as [string, string][];
        const request = new Request("http://site/", { headers: sent });
        return given(answer(request, { bytes, type: "text/plain", keep: "forever" }));
      },
      async use(response, headers) {
        const body = await response.text();
        const tags = headers["if-none-match"];
        if (response.status === 304) {
          expect(body).toBe("");
          expect(tags === "*" || tags?.includes(etag)).toBe(true);
        } else if (response.status === 206) {
          const [, start, end] = /^bytes (\d)-(\d)\/10$/.exec(response.headers.get("content-range") ?? "") ?? [];
          const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "") ?? [];
          expect(body).toBe("0123456789".slice(Number(start), Number(end) + 1));
          expect(Number(start)).toBe(first === "" ? Math.max(0, 10 - Number(last)) : Number(first));
          expect(Number(end)).toBe(first === "" || last === "" ? 9 : Math.min(9, Number(last)));
        } else expect([response.status, body]).toEqual([200, "0123456789"]);
      },
      says,
    }));
});

it("the header Accept-Encoding", () =>
  tryMutants({
    parser: "header: Accept-Encoding",
    mutants: fc.oneof(textMutants("gzip, deflate, br;q=0.5, *;q=0"), hostilePiece),
    parse: chooseEncoding,
    use: (encoding, accepted) => {
      expect(["br", "gzip", "identity"]).toContain(encoding);
      if (encoding !== "identity") expect(accepted.toLowerCase()).toMatch(new RegExp(`${encoding}|\\*`));
    },
  }));

describe("a question to the API", () => {
  const name = "code-of-32";
  const inputs = [
    ["testDigits", { name, label: 3, order: "worst", page: 0 }],
    ["neighbours", { name, latent: new Array(32).fill(0.5) }],
    ["sameClassNeighbours", { name }],
    ["testPca", { name }],
  ] as const;
  const procedures = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...inputs.map(([procedure]) => procedure)) },
    { weight: 1, arbitrary: fc.constantFrom("runs.list", "constructor", "__proto__", "page.testPca", "then", "") },
    { weight: 1, arbitrary: hostilePiece },
  );
  const question = fc.oneof(
    ...inputs.map(([procedure, input]) => fc.tuple(fc.constant(procedure), jsonMutants(JSON.stringify(input)))),
    // As it is, the one that costs the least to answer: the others are answered where their mutants are harmless.
    fc.constant(["testPca", JSON.stringify({ name })] as [string, string]),
    fc.tuple(procedures, jsonMutants(JSON.stringify(inputs[0][1]))),
  );
  const batch = fc.array(question, { maxLength: requestLimits.maxItems + 1 }).map((questions) => {
    const named = questions.map(([procedure]) => encoded(procedure)).join(",");
    const input = `{${questions.map(([, json], at) => `"${at}":${json}`).join(",")}}`;
    return `${named}?batch=1&input=${encoded(input)}`;
  });
  const single = question.map(([procedure, json]) => `${encoded(procedure)}?input=${encoded(json)}`);
  const broken = fc.tuple(procedures, textMutants('?batch=1&input={"0":{"name":"code-of-32"}}'), fc.boolean());

  it.each([
    ["in batches", batch],
    ["alone", single],
    ["with a broken input", broken.map(([asked, query]) => `${encoded(asked)}${query}`)],
  ])("%s", (how, addresses) =>
    tryMutants({
      parser: `questions to the API: ${how}`,
      mutants: addresses,
      async parse(address) {
        const url = URL.parse(`http://site/api/trpc/${address}`);
        if (!url?.pathname.startsWith("/api/trpc/")) return ignored; // "..": another address
        const refused = refusalOf({ method: "GET", host: "localhost:3000", url: url.pathname + url.search }, on);
        if (refused) throw new Error((await refused.text()).trimEnd()); // before it comes to the API
        const response = await answerApi(new Request(url));
        const text = await response.text();
        expect(Object.fromEntries(response.headers)).toMatchObject(guards);
        if (response.status >= 500) throw new TypeError(text);
        if (response.headers.get("content-type")?.startsWith("text/plain")) throw new Error(text.trimEnd());
        const all: Asked[] = [JSON.parse(text)].flat();
        const errors = all.flatMap(({ error }) => (error ? [error] : []));
        for (const { message } of errors) if (!isSentence(message)) throw new TypeError(message);
        if (errors.length === all.length)
          throw new Error(errors[0]?.message ?? "expected a question but there is none");
        return all;
      },
      use(all) {
        for (const { error, result } of all) {
          if (error) expect(Object.keys(error.data ?? {}).sort()).toEqual(["code", "httpStatus", "path"]);
          else expect(result).toHaveProperty("data");
        }
      },
      says,
    }),
  );
});

interface Asked {
  result?: { data: unknown };
  error?: { message: string; data?: object };
}
