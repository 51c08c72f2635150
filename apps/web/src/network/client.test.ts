import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { modelClient } from "./client.ts";
import type { WorkerLike } from "./connection.ts";
import type { Request } from "./messages.ts";
import type { Input, NetworkFiles, ProcedureName } from "./procedures.ts";

const file = { address: "/files/assignment/0/page/encoder/model.json", bytes: 1, sha256: "0" };
const part = { model: file, weights: file };
const files = {
  run: "assignment",
  spec: { encoder: { layers: [] }, decoder: { layers: [] } },
  encoder: part,
  decoder: part,
} as unknown as NetworkFiles;

/** A worker that answers when the test says so. */
class FakeWorker implements WorkerLike {
  posted: Request[] = [];
  terminated = false;
  onmessage: WorkerLike["onmessage"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  onerror: WorkerLike["onerror"] = null;

  postMessage(message: unknown): void {
    this.posted.push(message as Request);
  }
  terminate(): void {
    this.terminated = true;
  }
  calls<Name extends ProcedureName>(procedure: Name): { id: number; input: Input<Name> }[] {
    return this.posted.flatMap((request) =>
      "procedure" in request && request.procedure === procedure
        ? [{ id: request.id, input: request.input as Input<Name> }]
        : [],
    );
  }
  get pings(): number {
    return this.posted.filter((request) => "ping" in request).length;
  }
  last<Name extends ProcedureName>(procedure: Name) {
    return this.calls(procedure).at(-1);
  }
  answer(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
  opened(): void {
    this.answer({ id: this.last("open")?.id, ok: true, value: { milliseconds: 1, bytes: 4 } });
  }
  reconstructed(call: { id: number } | undefined, mse: number): void {
    const value = { pass: 1, latent: new Float32Array(64), reconstruction: new Float32Array(784) };
    this.answer({ id: call?.id, ok: true, value: { ...value, mse, milliseconds: 2 } });
  }
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};
const pixels = (value: number) => new Float32Array(784).fill(value);
const latent = () => new Float32Array(64);

function clientOf(...workers: FakeWorker[]) {
  let begun = 0;
  return modelClient(files, () => workers[begun++] as FakeWorker);
}

afterEach(() => vi.useRealTimers());

describe("modelClient", () => {
  it("opens once, however often it is asked, and starts no worker before", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    expect(worker.onmessage).toBeNull();
    const both = Promise.all([client.open(), client.open()]);
    worker.opened();
    expect((await both).map(({ ok }) => ok)).toEqual([true, true]);
    expect(worker.posted).toEqual([{ id: 1, procedure: "open", input: files }]);
  });

  it("computes the first and the newest of several digits, and tells the others that they were superseded", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const outcomes = [0.1, 0.2, 0.3, 0.4].map((value) => client.reconstruct(pixels(value)));
    worker.opened();
    await turns();
    worker.reconstructed(worker.last("reconstruct"), 1);
    await turns();
    const newest = worker.last("reconstruct");
    expect(newest?.input.pixels[0]).toBeCloseTo(0.4, 6);
    worker.reconstructed(newest, 4);
    const settled = await Promise.all(outcomes);
    expect(settled.map((outcome) => (outcome.ok ? outcome.value.mse : outcome.problem.code))).toEqual([
      1,
      "superseded",
      "superseded",
      4,
    ]);
    expect(worker.calls("reconstruct")).toHaveLength(2);
  });

  it("does not compute the same digit twice, unless more of it is asked for", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const first = client.reconstruct(pixels(0.5));
    worker.opened();
    await turns();
    worker.reconstructed(worker.last("reconstruct"), 1);
    await first;
    expect(await client.reconstruct(pixels(0.5))).toEqual(await first);
    expect(worker.calls("reconstruct")).toHaveLength(1);
    void client.reconstruct(pixels(0.5), true);
    await turns();
    expect(worker.last("reconstruct")?.input).toMatchObject({ everything: true });
  });

  it("names each digit anew, so that a fresh worker does not take an older one's digit for its own", async () => {
    const [broken, fresh] = [new FakeWorker(), new FakeWorker()];
    const client = clientOf(broken, fresh);
    void client.reconstruct(pixels(0.5));
    broken.opened();
    await turns();
    broken.onerror?.({ preventDefault: () => {} } as ErrorEvent);
    await turns();
    void client.reconstruct(pixels(0.5));
    await turns();
    fresh.opened();
    await turns();
    expect(fresh.last("reconstruct")?.input.pass).not.toBe(broken.last("reconstruct")?.input.pass);
  });

  it("fetches a layer's weights once, and again after a failure", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const [failed, same] = [client.weights("conv2d"), client.weights("conv2d")];
    worker.opened();
    await turns();
    const problem = { code: "request", sentence: "No." };
    worker.answer({ id: worker.last("weights")?.id, ok: false, problem });
    expect(await Promise.all([failed, same])).toEqual([
      { ok: false, problem },
      { ok: false, problem },
    ]);
    const fetched = client.weights("conv2d");
    await turns();
    const value = { kernel: new Float32Array(288), bias: new Float32Array(32) };
    worker.answer({ id: worker.last("weights")?.id, ok: true, value });
    expect(await fetched).toEqual({ ok: true, value });
    expect(await client.weights("conv2d")).toBe(await fetched);
    expect(worker.calls("weights")).toHaveLength(2);
  });

  it("tells the progress of a ranking, and calls an older one off when a newer is asked for", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const progress: number[] = [];
    const off = { pass: 1, layer: "conv2d", to: "zero" } as const;
    const older = client.damage(off, { onProgress: (done) => progress.push(done) });
    worker.opened();
    await turns();
    const call = worker.last("damage");
    worker.answer({ id: call?.id, progress: 0.25 });
    expect(progress).toEqual([0.25]);
    void client.damage(off);
    await turns();
    expect(worker.posted).toContainEqual({ id: call?.id, cancel: true });
    expect(await older).toMatchObject({ ok: false, problem: { code: "superseded" } });
  });

  it("tries a lost connection again, but not damaged files", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const fail = (code: string) =>
      worker.answer({ id: worker.last("open")?.id, ok: false, problem: { code, sentence: "x" } });
    const lost = client.open();
    fail("network");
    await lost;
    const damaged = client.open();
    expect(worker.posted).toHaveLength(2);
    fail("damaged");
    await damaged;
    const still = await client.open();
    expect(worker.posted).toHaveLength(2);
    expect(still.ok ? undefined : still.problem.code).toBe("damaged");
  });
});

describe("a call to the worker", () => {
  it("gets the answer with its own id, in whatever order they come", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const [first, second] = [client.decode({ latent: latent() }), client.decode({ latent: latent() })];
    worker.opened();
    await turns();
    const [a, b] = worker.calls("decode");
    worker.answer({ id: b?.id, ok: true, value: { reconstruction: pixels(0.75) } });
    worker.answer({ id: a?.id, ok: true, value: { reconstruction: pixels(0.25) } });
    const pictures = await Promise.all([first, second]);
    expect(pictures.map((outcome) => outcome.ok && outcome.value.reconstruction[0])).toEqual([0.25, 0.75]);
  });

  it("ends when its signal says so, tells the worker, and lets its late answer pass by", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const calling = new AbortController();
    const asked = { pictures: new Uint8Array(784), loss: "mse" as const, composition: false };
    const outcome = client.measure(asked, { signal: calling.signal });
    worker.opened();
    await turns();
    const request = worker.last("measure");
    expect(request?.input).toMatchObject(asked);
    calling.abort();
    expect(worker.posted.at(-1)).toEqual({ id: request?.id, cancel: true });
    const problem = { code: "superseded", sentence: "This work was called off." };
    expect(await outcome).toEqual({ ok: false, problem });
    worker.answer({ id: request?.id, ok: false, problem });
    expect(worker.terminated).toBe(false);
    const before = worker.posted.length;
    expect(await client.measure(asked, { signal: calling.signal })).toEqual({ ok: false, problem });
    expect(worker.posted).toHaveLength(before);
  });

  it("hears of no progress after it has ended", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const onProgress = vi.fn();
    const asked = { pictures: new Uint8Array(784), loss: "mse" as const, composition: false };
    const outcome = client.measure(asked, { onProgress });
    worker.opened();
    await turns();
    const id = worker.last("measure")?.id;
    worker.answer({ id, progress: 1 });
    worker.answer({ id, ok: true, value: { mse: new Float32Array(1), loss: new Float32Array(1) } });
    worker.answer({ id, progress: 1 });
    expect((await outcome).ok).toBe(true);
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      "breaks off",
      (worker: FakeWorker) => worker.onerror?.({ preventDefault: () => {} } as ErrorEvent),
      /program did not start or broke off/,
    ],
    [
      "sends what cannot be read",
      (worker: FakeWorker) => worker.onmessageerror?.({} as MessageEvent),
      /did not arrive whole/,
    ],
    [
      "sends what is no message",
      (worker: FakeWorker) => worker.answer({ id: worker.last("open")?.id, ok: "yes" }),
      /does not understand/,
    ],
    [
      "sends another answer than the call's",
      (worker: FakeWorker) => worker.answer({ id: worker.last("open")?.id, ok: true, value: { milliseconds: "soon" } }),
      /does not understand/,
    ],
    ["says nothing for three minutes", () => vi.advanceTimersByTime(180_000), /does not answer/],
  ])(
    "ends with a sentence, as all others do, when the worker %s; the next one starts a fresh worker",
    async (_, end, sentence) => {
      vi.useFakeTimers();
      const [broken, fresh] = [new FakeWorker(), new FakeWorker()];
      const client = clientOf(broken, fresh);
      const outcomes = [client.open(), client.reconstruct(pixels(0)), client.weights("conv2d")];
      end(broken);
      for (const ended of await Promise.all(outcomes)) {
        expect(ended.ok ? undefined : ended.problem).toMatchObject({
          code: "worker",
          sentence: expect.stringMatching(sentence),
        });
      }
      expect(broken.terminated).toBe(true);
      expect(vi.getTimerCount()).toBe(0);
      const again = client.open();
      fresh.opened();
      expect((await again).ok).toBe(true);
    },
  );

  it("ends with a sentence when the page closes the network", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const outcome = client.decode({ latent: latent() });
    worker.opened();
    await turns();
    client.close();
    expect(await outcome).toMatchObject({ ok: false, problem: { code: "worker" } });
    expect(worker.terminated).toBe(true);
  });

  it("says why when a browser refuses to start workers", async () => {
    const client = modelClient(files, () => {
      throw new Error("blocked by policy");
    });
    const outcome = await client.open();
    expect(outcome.ok ? undefined : outcome.problem.sentence).toMatch(/does not start workers.*blocked by policy/);
  });
});

/** What the page asked before the answer: pings aside. */
const asked = ({ posted }: FakeWorker) =>
  posted.flatMap((request) => ("procedure" in request ? [request.procedure] : []));

describe("a worker that falls silent", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => vi.unstubAllGlobals());
  /** Seconds in which a worker answers its pings, or does not. */
  const seconds = async (count: number, alive?: FakeWorker) => {
    for (let second = 0; second < count; second++) {
      const pings = alive?.pings ?? 0;
      await vi.advanceTimersByTimeAsync(1_000);
      if (alive && alive.pings > pings) alive.answer({ pong: true });
    }
  };
  /** A client whose first worker has opened the network and rebuilt a digit. */
  const live = async (...workers: FakeWorker[]) => {
    const client = clientOf(...workers);
    const worker = workers[0] as FakeWorker;
    const digit = client.reconstruct(pixels(0.5));
    worker.opened();
    await turns();
    worker.reconstructed(worker.last("reconstruct"), 1);
    await digit;
    return client;
  };

  it("is replaced within ten seconds, and its question is put to the next one", async () => {
    const [dead, fresh] = [new FakeWorker(), new FakeWorker()];
    const client = await live(dead, fresh);
    const heard = vi.fn();
    client.subscribe(heard);
    const outcome = client.decode({ latent: latent() });
    await seconds(9);
    expect([dead.terminated, heard.mock.calls.length]).toEqual([false, 0]);
    await seconds(1);
    expect([dead.terminated, heard.mock.calls.length, client.restarts()]).toEqual([true, 1, 1]);
    fresh.opened();
    await turns();
    fresh.reconstructed(fresh.last("reconstruct"), 1);
    await turns();
    fresh.answer({ id: fresh.last("decode")?.id, ok: true, value: { reconstruction: pixels(0.75) } });
    expect((await outcome).ok).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves to the next one what it knew: the last digit under its own number, and the statistics", async () => {
    const [dead, fresh] = [new FakeWorker(), new FakeWorker()];
    const client = await live(dead, fresh);
    const statistics = client.statistics({ file });
    await turns();
    dead.answer({ id: dead.last("statistics")?.id, ok: true, value: { layers: [] } });
    await statistics;
    const before = dead.last("reconstruct")?.input;
    void client.influence({ pass: before?.pass ?? 0, row: 1, column: 1 });
    await seconds(10);
    fresh.opened();
    await turns();
    expect(asked(fresh)).toEqual(["open", "reconstruct", "statistics"]);
    expect(fresh.last("reconstruct")?.input).toEqual(before);
    fresh.reconstructed(fresh.last("reconstruct"), 1);
    fresh.answer({ id: fresh.last("statistics")?.id, ok: true, value: { layers: [] } });
    await turns();
    expect(fresh.last("influence")?.input.pass).toBe(before?.pass);
  });

  it("is not asked a third time, and the next one gets three times as long", async () => {
    const [dead, slow] = [new FakeWorker(), new FakeWorker()];
    const client = await live(dead, slow);
    const outcome = client.weights("conv2d");
    await seconds(10);
    slow.opened();
    await seconds(29);
    expect(slow.terminated).toBe(false);
    await seconds(1);
    expect(slow.terminated).toBe(true);
    const problem = { code: "silent", sentence: expect.stringMatching(/does not answer/) };
    expect(await outcome).toMatchObject({ ok: false, problem });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not taken for dead while it answers its pings, however long its work takes", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const opening = client.open();
    await seconds(600, worker);
    expect(worker.terminated).toBe(false);
    worker.opened();
    expect((await opening).ok).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("has three minutes before its first word, since its program may still be loading", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const opening = client.open();
    await seconds(179);
    expect(worker.terminated).toBe(false);
    worker.opened();
    expect((await opening).ok).toBe(true);
  });

  it("is not judged while nobody looks at the page", async () => {
    const worker = new FakeWorker();
    const client = await live(worker);
    const outcome = client.decode({ latent: latent() });
    await turns();
    vi.stubGlobal("document", { visibilityState: "hidden" });
    await seconds(600);
    vi.stubGlobal("document", { visibilityState: "visible" });
    await seconds(9);
    expect(worker.terminated).toBe(false);
    worker.answer({ id: worker.last("decode")?.id, ok: true, value: { reconstruction: pixels(0.75) } });
    expect((await outcome).ok).toBe(true);
  });

  it("is not looked for while nothing is asked", async () => {
    const worker = new FakeWorker();
    await live(worker);
    await seconds(600);
    expect([worker.terminated, worker.pings]).toEqual([false, 0]);
  });
});
