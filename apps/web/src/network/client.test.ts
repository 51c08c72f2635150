import { describe, expect, it } from "vitest";
import { modelClient, type WorkerLike } from "./client.ts";
import type { ModelSource, Request } from "./messages.ts";

const file = { address: "/files/assignment/0/page/encoder/model.json", bytes: 1, sha256: "0" };
const part = { model: file, weights: file };
const source = {
  run: "assignment",
  spec: { encoder: { layers: [] }, decoder: { layers: [] } },
  encoder: part,
  decoder: part,
} as unknown as ModelSource;

/** A worker that answers by the test's hand. */
class FakeWorker implements WorkerLike {
  asked: Request[] = [];
  terminated = false;
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;

  postMessage(message: unknown): void {
    this.asked.push(message as Request);
  }
  terminate(): void {
    this.terminated = true;
  }
  last(kind: Request["kind"]): Request | undefined {
    return this.asked.filter((request) => request.kind === kind).at(-1);
  }
  answer(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
  opened(): void {
    this.answer({ id: this.last("open")?.id, ok: true, value: { kind: "open", milliseconds: 1, bytes: 4 } });
  }
  reconstructed(request: Request | undefined, mse: number): void {
    const value = { kind: "reconstruct", pass: 1, latent: new Float32Array(64), reconstruction: new Float32Array(784) };
    this.answer({ id: request?.id, ok: true, value: { ...value, mse, milliseconds: 2 } });
  }
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};
const pixels = (value: number) => new Float32Array(784).fill(value);

function clientOf(...workers: FakeWorker[]) {
  let begun = 0;
  return modelClient(source, () => workers[begun++] as FakeWorker);
}

describe("modelClient", () => {
  it("opens once, however often it is asked, and starts no worker before", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    expect(worker.onmessage).toBeNull();
    const both = Promise.all([client.open(), client.open()]);
    worker.opened();
    expect((await both).map(({ ok }) => ok)).toEqual([true, true]);
    expect(worker.asked.map(({ kind }) => kind)).toEqual(["open"]);
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
    expect(newest?.kind === "reconstruct" && newest.pixels[0]).toBeCloseTo(0.4, 6);
    worker.reconstructed(newest, 4);
    const settled = await Promise.all(outcomes);
    expect(settled.map((outcome) => (outcome.ok ? outcome.value.mse : outcome.problem.code))).toEqual([
      1,
      "superseded",
      "superseded",
      4,
    ]);
    expect(worker.asked.filter(({ kind }) => kind === "reconstruct")).toHaveLength(2);
  });

  it("does not compute the same digit twice, unless more of it is wanted", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const first = client.reconstruct(pixels(0.5));
    worker.opened();
    await turns();
    worker.reconstructed(worker.last("reconstruct"), 1);
    await first;
    expect(await client.reconstruct(pixels(0.5))).toEqual(await first);
    expect(worker.asked.filter(({ kind }) => kind === "reconstruct")).toHaveLength(1);
    void client.reconstruct(pixels(0.5), true);
    await turns();
    expect(worker.last("reconstruct")).toMatchObject({ everything: true });
  });

  it("tells the progress of a ranking, and calls an older one off when a newer is asked for", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const progress: number[] = [];
    const off = { stage: "conv2d", to: "zero" } as const;
    const older = client.damage(1, off, { onProgress: (done) => progress.push(done) });
    worker.opened();
    await turns();
    const asked = worker.last("damage");
    worker.answer({ id: asked?.id, progress: 0.25 });
    expect(progress).toEqual([0.25]);
    void client.damage(1, off);
    await turns();
    expect(worker.last("cancel")).toEqual({ id: asked?.id, kind: "cancel" });
    worker.answer({ id: asked?.id, ok: false, problem: { code: "superseded", sentence: "Another." } });
    expect(await older).toMatchObject({ ok: false, problem: { code: "superseded" } });
  });

  it("matches answers with questions by their ids, in whatever order they come", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const [first, second] = [client.decode(new Float32Array(64)), client.decode(new Float32Array(64))];
    worker.opened();
    await turns();
    const [a, b] = worker.asked.filter(({ kind }) => kind === "decode");
    worker.answer({ id: b?.id, ok: true, value: { kind: "decode", reconstruction: pixels(0.75) } });
    worker.answer({ id: a?.id, ok: true, value: { kind: "decode", reconstruction: pixels(0.25) } });
    const pictures = await Promise.all([first, second]);
    expect(pictures.map((outcome) => outcome.ok && outcome.value.reconstruction[0])).toEqual([0.25, 0.75]);
  });

  it("ends every open question with a sentence when the worker breaks off, and starts a fresh one when asked again", async () => {
    const [broken, fresh] = [new FakeWorker(), new FakeWorker()];
    const client = clientOf(broken, fresh);
    const outcome = client.reconstruct(pixels(0));
    broken.onerror?.({ preventDefault: () => {} } as ErrorEvent);
    const ended = await outcome;
    expect(ended.ok ? undefined : ended.problem.sentence).toMatch(/program did not start or broke off/);
    expect(broken.terminated).toBe(true);
    const again = client.open();
    fresh.opened();
    expect((await again).ok).toBe(true);
  });

  it("does not believe an answer that it cannot parse", async () => {
    const worker = new FakeWorker();
    const outcome = clientOf(worker).open();
    worker.answer({ id: 1, ok: true, value: { kind: "open", milliseconds: "soon" } });
    const ended = await outcome;
    expect(ended.ok ? undefined : ended.problem.sentence).toMatch(/does not understand/);
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
    expect(worker.asked).toHaveLength(2);
    fail("damaged");
    await damaged;
    const still = await client.open();
    expect(worker.asked).toHaveLength(2);
    expect(still.ok ? undefined : still.problem.code).toBe("damaged");
  });

  it("says why when a browser refuses to start workers", async () => {
    const client = modelClient(source, () => {
      throw new Error("blocked by policy");
    });
    const outcome = await client.open();
    expect(outcome.ok ? undefined : outcome.problem.sentence).toMatch(/does not start workers.*blocked by policy/);
  });

  it("calls a measurement off when its signal says so", async () => {
    const worker = new FakeWorker();
    const client = clientOf(worker);
    const calling = new AbortController();
    const asked = { pictures: new Uint8Array(784), loss: "mse" as const, composition: false };
    const outcome = client.measure(asked, calling.signal);
    worker.opened();
    await turns();
    const request = worker.last("measure");
    expect(request).toMatchObject(asked);
    calling.abort();
    expect(worker.last("cancel")?.id).toBe(request?.id);
    const problem = { code: "superseded", sentence: "This work was called off." };
    worker.answer({ id: request?.id, ok: false, problem });
    expect(await outcome).toEqual({ ok: false, problem });
  });
});
