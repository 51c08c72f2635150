import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventLine, type TrainerEvent, trainerEvent } from "@autoencoder/model/run";
import fc from "fast-check";
import { inject } from "light-my-request";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { answerTraining } from "../../apps/web/server/training.ts";
import { followedTraining } from "../../apps/web/src/features/train/machine-training.ts";
import { announcementOf, paceOf, standOf } from "../../apps/web/src/features/train/machine-words.ts";
import { accessOf } from "../../apps/web/src/server/jobs/access.ts";
import { readJobs } from "../../apps/web/src/server/jobs/job-file.ts";
import { Jobs } from "../../apps/web/src/server/jobs/jobs.ts";
import { trainerWords } from "../../packages/jobs/src/asked-training.ts";
import { EventFile, isAfter } from "../../packages/jobs/src/event-file.ts";
import { ignored, tryMutants } from "../fixtures/fuzzing.ts";
import { byteMutants, hostilePiece, jsonMutants } from "../fixtures/mutants.ts";

/** What strangers, killed processes and other programs could put before the trainings of this machine. */

const folder = mkdtempSync(join(tmpdir(), "fuzz-trainings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());

const asked = { recipe: "fast", engine: "wasm", epochs: 2, images: 1000, seed: 3, learningRate: 0.001, loss: "bce" };

it("a training that is asked for", async () => {
  const started = vi.spyOn(Jobs.prototype, "start").mockResolvedValue("a-run");
  const jobs = new Jobs({ artifacts: folder, trainers: {} as never, server: { number: 1 } });
  const listener = answerTraining({ door: { listens: "127.0.0.1" }, jobs, trainers: { engines: async () => [] } });
  const headers = {
    host: "localhost",
    origin: "http://localhost",
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
  };
  await tryMutants({
    parser: "a training that is asked for",
    mutants: jsonMutants(JSON.stringify(asked)),
    async parse(payload) {
      started.mockClear();
      const url = "/api/train/train.start";
      const answer = await inject(listener, { method: "POST", url, headers, payload });
      if (answer.statusCode >= 500) throw new TypeError(answer.body);
      if (answer.statusCode !== 200) throw new Error(JSON.parse(answer.body).error.message);
      return started.mock.calls[0]?.[0] ?? ignored;
    },
    use(training) {
      // Options and their values, in pairs, of letters that no shell and no parser of options takes for others.
      const words = trainerWords(training, { run: "a-run", work: "work" });
      words.forEach((word, at) => {
        expect(word).toMatch(at % 2 === 0 ? /^--[a-z-]+$/ : /^\w[\w.+-]*$/);
      });
    },
    says: /./,
  });
  started.mockRestore();
});

/** What is right, or else something near it, or anything. */
const mostly = (right: string, ...near: string[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(right) }, fc.constantFrom(...near), hostilePiece);

it("the headers of whoever asks for a training", () =>
  tryMutants({
    parser: "the headers of whoever asks for a training",
    mutants: fc.record(
      {
        host: mostly("localhost:3000", "127.0.0.1", "[::1]", "a.example"),
        origin: mostly("http://localhost:3000", "https://localhost:3000", "http://a.example", "null"),
        "sec-fetch-site": mostly("same-origin", "same-site", "none"),
        "content-type": mostly("application/json", "text/plain"),
        cookie: mostly("other=1", "training=9999999999.x", "training="),
        "x-forwarded-for": hostilePiece,
      },
      { requiredKeys: ["host", "origin", "sec-fetch-site", "content-type"] },
    ),
    parse(headers) {
      const asking = { method: "POST", httpVersion: "1.1", remoteAddress: "127.0.0.1", headers };
      const access = accessOf(asking, { listens: "127.0.0.1", token: "a token of the lab" });
      if (!access.allowed) throw new Error(access.why);
      return headers;
    },
    use({ host, origin, ...headers }) {
      expect(["localhost:3000", "127.0.0.1", "[::1]"]).toContain(host);
      expect(origin).toBe(`http://${host}`);
      expect(headers["sec-fetch-site"]).toBe("same-origin");
      expect(Object.keys(headers)).not.toContain("x-forwarded-for");
    },
  }));

const events: TrainerEvent[] = [
  { event: "attempt", attempt: 1, resumes: false },
  { event: "estimate", training: 9, publishing: 3 },
  { event: "step", epoch: 1, batch: 2, batches: 9, loss: 0.1, imagesPerSecond: 99, secondsLeft: 5 },
  { event: "attempt", attempt: 4, resumes: true },
  { event: "error", message: "zu wenig Platz – größer" },
];

it("a file of events", () => {
  const path = join(folder, "events.jsonl");
  return tryMutants({
    parser: "a file of events",
    mutants: byteMutants(Buffer.from(events.map(eventLine).join(""))),
    async parse(bytes) {
      writeFileSync(path, bytes);
      const file = new EventFile(path);
      await file.read();
      return file.events;
    },
    use(placed) {
      for (const { event } of placed) expect(trainerEvent.parse(event)).toEqual(event);
      for (const [at, one] of placed.entries()) {
        const next = placed[at + 1];
        if (next && next.attempt === one.attempt && next.event.event !== "attempt")
          expect(isAfter(next, one)).toBe(true);
      }
    },
  });
});

it("the list of trainings", () => {
  const path = join(folder, "jobs.json");
  const job = { run: "a-run", asked, added: "2026-01-01T00:00:00Z", state: "running", attempt: 1 };
  const trainer = { number: 77, started: "then" };
  const list = { server: trainer, attempts: 1, jobs: [{ ...job, process: trainer, stopping: true, said: "why" }] };
  return tryMutants({
    parser: "the list of trainings",
    mutants: jsonMutants(JSON.stringify(list)),
    async parse(text) {
      writeFileSync(path, text);
      return readJobs(path);
    },
    use({ jobs }) {
      for (const { run, process } of jobs) {
        expect(run).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
        if (process) expect(process.number).toBeGreaterThan(0);
      }
    },
  });
});

it("the training that a tab follows", () => {
  const progress = {
    phase: "training",
    engine: "wasm",
    device: "a processor",
    epochs: 3,
    epoch: 1,
    batch: 2,
    batches: 9,
    loss: 0.1,
    valLoss: null,
    imagesPerSecond: 99,
    secondsLeft: 4000,
    collapsed: false,
    testMse: null,
    points: [[0.1, 0.2]],
  };
  let kept = "";
  vi.stubGlobal("sessionStorage", { getItem: () => kept });
  return tryMutants({
    parser: "the training that a tab follows",
    mutants: jsonMutants(JSON.stringify({ last: "1.2", run: "a-run", progress })),
    parse(text) {
      kept = text;
      return followedTraining.read() ?? ignored;
    },
    use(followed) {
      const words = [
        ...standOf(followed.progress),
        ...paceOf(followed.progress),
        announcementOf(followed.run, followed.progress),
      ].join(" ");
      expect(words.replace(followed.run, "")).not.toMatch(/NaN|undefined|\[object/);
    },
  });
});
