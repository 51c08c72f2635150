import { describe, expect, it } from "vitest";
import type { Answer } from "./messages.ts";
import { ModelProblem } from "./model-problem.ts";
import { type Handlers, Moved, serve, type WorkerScope } from "./serve.ts";

/** A worker's scope whose messages cross as they do between threads: cloned, and what is transferred is gone here. */
function served(handlers: Partial<Handlers>) {
  const answers: Answer[] = [];
  const scope: WorkerScope = {
    onmessage: null,
    postMessage: (message, transfer) => answers.push(structuredClone(message, { transfer })),
  };
  serve(scope, handlers as Handlers);
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  return {
    answers,
    async send(...messages: unknown[]) {
      for (const data of messages) scope.onmessage?.({ data });
      for (let turns = 0; turns < 5; turns++) await turn();
    },
  };
}

const decode = (id: number) => ({ id, procedure: "decode", input: { latent: new Float32Array(2) } });
const pictures = new Uint8Array(3);
const measure = (id: number) => ({
  id,
  procedure: "measure",
  input: { pictures, loss: "mse", composition: false },
});

describe("the worker's end", () => {
  it("answers a call under its id, and moves the arrays of the result without copying them", async () => {
    const made = Float32Array.of(1, 2);
    const worker = served({ decode: () => new Moved({ reconstruction: made }, [made]) });
    await worker.send(decode(7));
    expect(worker.answers).toEqual([{ id: 7, ok: true, value: { reconstruction: Float32Array.of(1, 2) } }]);
    expect(made).toHaveLength(0);
  });

  it("copies what is not moved, so that the network keeps it", async () => {
    const kept = Float32Array.of(1, 2);
    const worker = served({ decode: () => ({ reconstruction: kept }) });
    await worker.send(decode(1), decode(2));
    expect(worker.answers).toHaveLength(2);
    expect(kept).toHaveLength(2);
  });

  it("sends failures as data, with what was foreseen told apart from what was not", async () => {
    const worker = served({
      decode: () => {
        throw new ModelProblem("damaged", "The file is damaged.");
      },
      weights: () => Promise.reject(new Error("out of memory")),
    });
    await worker.send(decode(1), { id: 2, procedure: "weights", input: { layer: "conv2d" } });
    expect(worker.answers).toEqual([
      { id: 1, ok: false, problem: { code: "damaged", sentence: "The file is damaged." } },
      { id: 2, ok: false, problem: { code: "worker", sentence: "The network could not compute: out of memory" } },
    ]);
  });

  it("refuses calls that are not in the table and inputs of another form", async () => {
    const worker = served({});
    await worker.send(
      { id: 1, procedure: "constructor", input: {} },
      { id: 2, procedure: "decode", input: { latent: [1] } },
    );
    await worker.send("nonsense", { procedure: "decode" });
    await worker.send({ id: 3, procedure: "decode" });
    expect(worker.answers.pop()).toMatchObject({ id: 3, ok: false, problem: { code: "request" } });
    expect(worker.answers.map((answer) => "problem" in answer && answer.problem)).toEqual([
      { code: "request", sentence: expect.stringMatching(/^Expected one of open, .* but got "constructor"\.$/) },
      { code: "request", sentence: expect.stringContaining("decode: the latent is not what it expects") },
    ]);
  });

  it("answers a ping at once, and between the pieces of long work", async () => {
    const worker = served({
      async measure(_, step) {
        await step(0.5);
        return { mse: new Float32Array(1), loss: new Float32Array(1) };
      },
    });
    await worker.send({ ping: true });
    expect(worker.answers.splice(0)).toEqual([{ pong: true }]);
    await worker.send(measure(1), { ping: true });
    expect(worker.answers.slice(0, 2)).toEqual([{ id: 1, progress: 0.5 }, { pong: true }]);
  });

  it("looks between the pieces of long work whether it was called off, and lets other calls through", async () => {
    const pieces: number[] = [];
    const worker = served({
      async measure(_, step) {
        for (let piece = 1; piece <= 4; piece++) {
          pieces.push(piece);
          await step(piece / 4);
        }
        return { mse: new Float32Array(1), loss: new Float32Array(1) };
      },
      decode: () => ({ reconstruction: new Float32Array(1) }),
    });
    await worker.send(measure(1), decode(2), { id: 1, cancel: true }, { id: 99, cancel: true });
    expect(pieces).toEqual([1]);
    expect(
      worker.answers.map((answer) => ("ok" in answer ? [answer.id, answer.ok] : Object.values(answer).at(-1))),
    ).toEqual([0.25, [2, true], [1, false]]);
    expect(worker.answers.at(-1)).toMatchObject({ problem: { code: "superseded" } });
    pieces.length = 0;
    await worker.send(measure(1));
    expect(pieces).toEqual([1, 2, 3, 4]);
  });
});
