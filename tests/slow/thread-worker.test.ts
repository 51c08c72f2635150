import type { Worker } from "node:worker_threads";
import { assignmentSpec } from "@autoencoder/model";
import { Replica, type ReplicaOf, type ReplicaRequest, WorkerLostError } from "@autoencoder/model/data-parallel";
import { freshWeights } from "@autoencoder/model/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ThreadWorker } from "../../apps/trainer/src/engines/thread-worker.ts";
import { startWasm } from "../../apps/trainer/src/engines/wasm-backend.ts";

const of: ReplicaOf = { spec: assignmentSpec(), loss: "mse" };
const uniform = (length: number, seed: number) => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' constants: any seeded numbers do here
    return state / 2 ** 32;
  });
};
const random = uniform(1_000_000, 7);
let drawn = 0;
const fresh = freshWeights(of.spec, { random: () => random[drawn++] as number, outputBias: -1.9 });
const weights = Float32Array.from(fresh.flatMap(({ data }) => [...data]));
/** A request of its own each time, since a thread takes its buffers along. */
const gradientOf = (images: number): ReplicaRequest => {
  return { what: "gradient", pixels: uniform(images * 784, images), weights: weights.slice() };
};

describe("a replica on a thread of its own", () => {
  let thread: Worker;
  let worker: ThreadWorker;
  let here: Replica;
  beforeAll(async () => {
    await startWasm();
    here = new Replica(of);
    process.once("worker", (started) => {
      thread = started;
    });
    worker = new ThreadWorker("worker 2 of 2", of);
  });
  afterAll(() => worker.close());

  it("gives the bits that one on this thread gives, batch by batch", async () => {
    for (const images of [4, 3]) {
      const there = await worker.ask(gradientOf(images));
      const reference = await here.ask(gradientOf(images));
      expect(there.values.some((value) => value !== 0)).toBe(true);
      expect(there).toEqual(reference);
    }
    const outputs: ReplicaRequest = { what: "outputs", pixels: uniform(2 * 784, 5) };
    expect(await worker.ask(structuredClone(outputs))).toEqual(await here.ask(outputs));
  });

  it("says that it is gone to who waits for it, and to whoever asks later", async () => {
    const waiting = worker.ask(gradientOf(4)).catch((reason: unknown) => reason);
    await thread.terminate();
    const lost = await waiting;
    expect(lost).toBeInstanceOf(WorkerLostError);
    expect(String(lost)).toContain("worker 2 of 2 is gone: it ended with code 1");
    await expect(worker.ask(gradientOf(1))).rejects.toBe(lost);
  });

  it("says why, where it failed", async () => {
    const failing = new ThreadWorker("worker 1 of 1", of);
    const short = { ...gradientOf(1), weights: weights.slice(0, 100) };
    await expect(failing.ask(short)).rejects.toThrow(/worker 1 of 1 is gone: .*shape/i);
    await failing.close();
  });
});
