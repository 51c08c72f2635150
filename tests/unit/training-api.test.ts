import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { DataAnswers } from "../../apps/web/server/data-answers.ts";
import { createFront } from "../../apps/web/server/front.ts";
import { Health } from "../../apps/web/server/health.ts";
import { answerTraining } from "../../apps/web/server/training.ts";
import { guards } from "../../apps/web/src/server/answers.ts";
import { Attempts } from "../../apps/web/src/server/jobs/access.ts";
import { Jobs } from "../../apps/web/src/server/jobs/jobs.ts";
import type { Trainers } from "../../packages/jobs/src/trainers.ts";
import { askTraining, type Streamed, streamTraining } from "../fixtures/train-api.ts";

/** Questions about trainings as they come over the network, before trainers that only seem to run. */

const folder = mkdtempSync(join(tmpdir(), "training-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let started: (readonly string[])[] = [];
let probes = 0;
const trainers: Trainers = {
  start: (words) => {
    started.push(words);
    return { number: 77 };
  },
  isRunning: ({ number }) => number === 77,
  stop: () => {},
  engines: async () => {
    probes += 1;
    return [{ name: "wasm", available: true, taken: true }];
  },
};

let open: { server: Server; jobs: Jobs } | undefined;
let artifacts = "";
afterEach(async () => {
  open?.jobs.close();
  open?.server.closeAllConnections();
  await new Promise((resolve) => (open ? open.server.close(resolve) : resolve(undefined)));
});

/** A site's front with the time that passes for those who bring tokens; returns its address. */
async function serve({
  listens = "127.0.0.1",
  token,
  now = () => 0,
}: {
  listens?: string;
  token?: string;
  now?: () => number;
} = {}) {
  started = [];
  artifacts = mkdtempSync(join(folder, "runs-"));
  const jobs = new Jobs({
    artifacts,
    trainers,
    server: { number: process.pid },
    freeBytes: async () => 1e12,
  });
  const training = answerTraining({ door: { listens, token }, jobs, trainers, attempts: new Attempts(now) });
  const never = () => new Promise<never>(() => {});
  const front = createFront({
    here: { address: "127.0.0.1", allowed: ["ae.lab.example"] },
    health: new Health("1.2.3"),
    data: new DataAnswers(never),
    training,
    next: (_, response) => response.writeHead(404).end(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const server = createServer(front);
  open = { server, jobs };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const fast = { recipe: "fast", epochs: 2, images: 1000 };
const [first, second] = ["fast-2-epochs-1000-images", "fast-2-epochs-1000-images-2"];

describe("this machine's own browser", () => {
  it("starts, lists, cancels and continues trainings", async () => {
    const site = await serve();
    expect(await askTraining(site, "access")).toMatchObject({
      status: 200,
      data: { allowed: true, takesToken: false },
    });
    expect(await askTraining(site, "start", { post: fast })).toMatchObject({ status: 200, data: { run: first } });
    expect(started).toEqual([["--recipe", "fast", "--epochs", "2", "--images", "1000", "--name", first]]);
    await askTraining(site, "start", { post: fast });
    expect(await askTraining(site, "cancel", { post: { run: second } })).toMatchObject({ status: 200 });
    expect((await askTraining(site, "list")).data).toMatchObject([
      { run: first, state: "running", asked: fast },
      { run: second, state: "stopped" },
    ]);
    await askTraining(site, "resume", { post: { run: second } });
    expect((await askTraining(site, "list")).data).toMatchObject([
      { state: "running" },
      { state: "waiting", before: 1 },
    ]);
  });

  it("learns which engines can start, of one look for all who ask", async () => {
    const site = await serve();
    probes = 0;
    const [answer] = await Promise.all([askTraining(site, "engines"), askTraining(site, "engines")]);
    expect(answer.data).toMatchObject({
      engines: [{ name: "wasm", available: true }],
      limits: { epochs: 200, images: { least: 200, most: 60_000 } },
    });
    expect(probes).toBe(1);
  });

  it("gets answers that are kept nowhere and run nothing", async () => {
    const site = await serve();
    expect((await askTraining(site, "list")).headers).toMatchObject({ ...guards, "cache-control": "no-store" });
    const refused = await askTraining(site, "start", { post: { ...fast, recipe: "none" } });
    expect(refused.headers).toMatchObject({ ...guards, "cache-control": "no-store" });
  });
});

describe("what a page has trained", () => {
  const zip = Uint8Array.from({ length: 100_000 }, (_, at) => [0x50, 0x4b, 3, 4][at] ?? at % 251);
  const headers = { "content-type": "application/octet-stream" };
  const work = () => join(artifacts, ".work", "trained-in-a-page");

  it("is handed to the trainer, byte for byte", async () => {
    const site = await serve();
    const answer = await askTraining(site, "take", { body: zip, headers });
    expect(answer).toMatchObject({ status: 200, data: { run: "trained-in-a-page" } });
    const file = join(work(), "trained-here.zip");
    expect(started).toEqual([["--from", file, "--name", "trained-in-a-page"]]);
    expect(new Uint8Array(readFileSync(file))).toEqual(zip);
    expect((await askTraining(site, "list")).data).toMatchObject([{ asked: { from: "page" }, state: "running" }]);
  });

  it.each([
    ["what is no zip", { body: zip.with(0, 0) }, 400, /^expected the zip that \/train writes but it is no zip/],
    ["nothing", { body: "" }, 400, /it is no zip/],
    ["more than a page can have trained", { body: new Uint8Array(60_000_001) }, 413, /^expected fewer bytes/],
    ["a question in its place", { post: { from: "page" }, headers: {} }, 400, /ReadableStream/],
    [
      "that of a page of another site",
      { body: zip, headers: { ...headers, "sec-fetch-site": "cross-site" } },
      403,
      /./,
    ],
    ["a form's", { body: zip, headers: { "content-type": "multipart/form-data; boundary=x" } }, 403, /./],
  ])("is refused where it is %s", async (_, sent, status, message) => {
    const answer = await askTraining(await serve(), "take", { headers, ...sent });
    expect([answer.status, answer.message]).toEqual([status, expect.stringMatching(message)]);
    expect(started).toEqual([]);
    expect(existsSync(work())).toBe(false);
  });
});

describe("a training is refused", () => {
  const limits = "; npm run train in a terminal has wider limits";
  it.each([
    ["more epochs than may be", { ...fast, epochs: 201 }, `epochs: expected at most 200 but got 201${limits}`],
    ["no epoch", { ...fast, epochs: 0 }, `epochs: expected at least 1 but got 0${limits}`],
    ["half an epoch", { ...fast, epochs: 0.5 }, `epochs: expected a whole number but got 0.5${limits}`],
    [
      "more images than there are",
      { ...fast, images: 60_001 },
      `images: expected at most 60000 but got 60001${limits}`,
    ],
    ["too few images", { ...fast, images: 199 }, `images: expected at least 200 but got 199${limits}`],
    ["too long a code", { ...fast, latent: 513 }, `latent: expected at most 512 but got 513${limits}`],
    ["a rate of nothing", { ...fast, learningRate: 0 }, `learningRate: expected more than 0 but got 0${limits}`],
    ["too large a batch", { ...fast, batchSize: 4097 }, `batchSize: expected at most 4096 but got 4097${limits}`],
    ["a seed that is none", { ...fast, seed: -1 }, `seed: expected at least 1 but got -1${limits}`],
    ["an engine that is none", { ...fast, engine: "abacus" }, /^engine: expected "cuda" or .* but got "abacus"/],
    [
      "a recipe that is none",
      { recipe: "../../etc/passwd" },
      /^recipe: expected "assignment" or .* but got "..\/..\/etc\/passwd"/,
    ],
    ["a command in place of a recipe", { recipe: "$(reboot)" }, /^recipe: expected "assignment" or/],
    [
      "an option of the trainer",
      { ...fast, name: "assignment" },
      /^\(whole file\): expected no other fields but got "name"/,
    ],
    ["a text", "fast", /expected an object but got "fast"/],
    ["nothing", null, /expected an object but got null/],
  ])("for %s", async (_, post, message) => {
    const site = await serve();
    const answer = await askTraining(site, "start", { post });
    expect(answer.status).toBe(400);
    if (typeof message === "string") expect(answer.message).toBe(message);
    else expect(answer.message).toMatch(message);
    expect(started).toEqual([]);
  });

  it.each([
    ["is no JSON", "{", 400, /JSON/],
    ["is empty", "", 400, /./],
    ["is longer than any", JSON.stringify({ ...fast, recipe: "x".repeat(5000) }), 413, /./],
  ])("where what is sent %s", async (_, body, status, message) => {
    const site = await serve();
    const answer = await askTraining(site, "start", { post: fast, body });
    expect(answer.status).toBe(status);
    expect(answer.message).toMatch(message);
    expect(answer.message).not.toMatch(/\n|at .*\.ts/);
    expect(started).toEqual([]);
  });

  it.each([
    ["a name that leads elsewhere", "cancel", { run: "../jobs" }, 400],
    ["a training that there is not", "resume", { run: "nobody" }, 404],
    ["an address that there is not", "destroy", {}, 404],
    ["an address called constructor", "constructor", {}, 404],
  ])("for %s", async (_, procedure, post, status) => {
    const answer = await askTraining(await serve(), procedure, { post });
    expect(answer.status).toBe(status);
    expect(answer.message).not.toBe("");
  });

  it("where a change is asked for by GET, or in a batch", async () => {
    const site = await serve();
    expect((await askTraining(site, "start")).status).toBe(405);
    const batch = await askTraining(site, "start?batch=1", { post: { 0: fast } });
    expect(batch.status).toBe(400);
    expect(started).toEqual([]);
  });

  it.each([
    ["by another host", { host: "evil.example" }, 421],
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["from another port of this machine", { "sec-fetch-site": "same-site" }, 403],
    ["with another Origin", { origin: "http://localhost:1" }, 403],
    ["by a form", { "content-type": "text/plain" }, 415],
    ["through a proxy", { "x-forwarded-for": "10.0.0.1" }, 403],
    ["by one of its names in the network", { host: "ae.lab.example", origin: "http://ae.lab.example" }, 403],
    ["by what is no browser", { "sec-fetch-site": "" }, 403],
  ])("where it is asked for %s", async (_, headers, status) => {
    const site = await serve();
    const answer = await askTraining(site, "start", { post: fast, headers });
    expect(answer.status).toBe(status);
    expect(answer.message).not.toBe("");
    expect(started).toEqual([]);
    const reading = "content-type" in headers || "origin" in headers;
    if (!reading) expect((await askTraining(site, "list", { headers })).status).toBe(status);
  });
});

describe("from elsewhere", () => {
  const token = "a token of the lab";

  it("nobody may where no token is set, and the token is asked for in vain", async () => {
    const site = await serve({ listens: "0.0.0.0" });
    expect((await askTraining(site, "access")).data).toMatchObject({
      allowed: false,
      takesToken: false,
      why: expect.stringContaining("train in a terminal, or start the site with TRAINING_TOKEN set"),
    });
    const answer = await askTraining(site, "unlock", { post: { token } });
    expect(answer).toMatchObject({
      status: 403,
      message: expect.stringContaining("expected TRAINING_TOKEN to be set"),
    });
  });

  it("whoever brings the token gets a cookie, and trains with it", async () => {
    const site = await serve({ listens: "0.0.0.0", token });
    expect((await askTraining(site, "start", { post: fast })).status).toBe(401);
    const answer = await askTraining(site, "unlock", { post: { token } });
    expect(answer.status).toBe(200);
    const [cookie = ""] = answer.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(";")[0] as string, "sec-fetch-site": "" };
    expect(await askTraining(site, "start", { post: fast, headers })).toMatchObject({
      status: 200,
      data: { run: first },
    });
    const crossing = { ...headers, origin: "http://evil.example" };
    expect((await askTraining(site, "start", { post: fast, headers: crossing })).status).toBe(403);
  });

  it("gets a cookie for HTTPS alone where its page came by HTTPS", async () => {
    const site = await serve({ listens: "0.0.0.0", token });
    const headers = { origin: site.replace("http:", "https:"), "x-forwarded-proto": "https" };
    const { headers: answered } = await askTraining(site, "unlock", { post: { token }, headers });
    expect(answered["set-cookie"]?.[0]).toMatch(/; Secure$/);
  });

  it("wrong tokens are refused, and after five nothing is compared for ten minutes", async () => {
    let now = 0;
    const site = await serve({ listens: "0.0.0.0", token, now: () => now });
    for (let count = 0; count < 5; count++) {
      const answer = await askTraining(site, "unlock", { post: { token: `a token of the lab${count}` } });
      expect(answer).toMatchObject({ status: 401, message: expect.stringContaining("but it is another") });
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    const right = () => askTraining(site, "unlock", { post: { token } });
    const blocked = await right();
    expect(blocked.headers["set-cookie"]).toBeUndefined();
    expect(blocked).toMatchObject({ status: 429, message: expect.stringContaining("try again in 10 min") });
    now = 600_001;
    expect((await right()).status).toBe(200);
  });

  it("a page of another site cannot try tokens", async () => {
    const site = await serve({ listens: "0.0.0.0", token });
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await askTraining(site, "unlock", { post: { token }, headers })).status).toBe(403);
  });
});

describe("the stream", () => {
  const told = ({ name }: Streamed) => name === "message";

  it("begins at once, and goes on after the event that is named", async () => {
    const site = await serve();
    await askTraining(site, "start", { post: fast });
    const stream = streamTraining(site);
    await expect.poll(() => stream.all.filter(told).length).toBe(2);
    expect(stream.all.map(({ name }) => name)).toEqual(["connected", "message", "message"]);
    expect(stream.all.at(-1)).toMatchObject({ id: "1.0", data: { kind: "event", run: first, event: { attempt: 1 } } });
    stream.close();
    const again = streamTraining(site, "1.0");
    await expect.poll(() => again.all.filter(told).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(again.all.filter(told).map(({ data }) => data.kind)).toEqual(["jobs"]);
    again.close();
  });

  it("says why it is not opened for somebody who may not", async () => {
    const site = await serve({ listens: "0.0.0.0" });
    const stream = streamTraining(site);
    await stream.ended;
    expect(stream.all.at(-1)).toMatchObject({ name: "serialized-error", data: { data: { code: "FORBIDDEN" } } });
  });

  it("ends with the server, so that a browser comes back to the next one", async () => {
    const site = await serve();
    await askTraining(site, "start", { post: fast });
    const stream = streamTraining(site);
    await expect.poll(() => stream.all.length).toBeGreaterThan(1);
    open?.jobs.close();
    await stream.ended;
    expect(stream.all.map(({ name }) => name)).not.toContain("return");
  });

  it("is left by its reader, and nothing waits for him", async () => {
    const site = await serve();
    await askTraining(site, "start", { post: fast });
    // More than may be open at once, one after the other.
    for (let count = 0; count < 60; count++) {
      const stream = streamTraining(site);
      await expect.poll(() => stream.all.length, { interval: 5 }).toBeGreaterThan(1);
      stream.close();
    }
    const last = streamTraining(site);
    await expect.poll(() => last.all.length).toBeGreaterThan(1);
    expect(last.all.map(({ name }) => name)).not.toContain("serialized-error");
  });
});
