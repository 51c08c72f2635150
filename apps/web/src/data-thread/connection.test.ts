import { EventEmitter } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, type ThreadLike } from "./connection.ts";
import type { Outcome, Question, ToThread } from "./messages.ts";

/** The server's end, with threads that do what a test wants. */

const question = (procedure: string, input: unknown = {}): Question => ({ procedure, input });
const value = (of: unknown): Outcome => ({ ok: true, value: of, dependencies: [] });
const brokeOff = "the server's data thread broke off at this; its log says why; load the page again";

/** Notes what it is told, and says what it is made to say. */
class NotingThread extends EventEmitter implements ThreadLike {
  readonly told: ToThread[] = [];
  readonly terminate = vi.fn(() => this.emit("exit", 1));
  postMessage(message: ToThread): void {
    this.told.push(structuredClone(message));
  }
  /** Answers the question that was told at this place. */
  answer(at: number, outcome: Outcome): void {
    this.emit("message", { id: this.told[at]?.id, outcome });
  }
}

let threads: NotingThread[];
let connection: Connection;
const thread = (at = threads.length - 1) => threads[at] as NotingThread;
const log = vi.spyOn(console, "error");
beforeEach(() => {
  threads = [];
  connection = new Connection(() => {
    threads.push(new NotingThread());
    return thread();
  });
  log.mockReset().mockImplementation(() => {});
});
afterEach(() => expect(log).not.toHaveBeenCalled());
const logged = () => log.mock.calls.splice(0).flat();

describe("questions", () => {
  it("start one thread, and each gets its own answer in whatever order they come", async () => {
    const asked = [connection.ask(question("a")), connection.ask(question("b"))];
    expect(threads).toHaveLength(1);
    thread().answer(1, value("of b"));
    thread().answer(0, value("of a"));
    expect(await Promise.all(asked)).toEqual([value("of a"), value("of b")]);
  });

  it("that cannot be sent fail alone", async () => {
    const other = connection.ask(question("other"));
    const unsent = await connection.ask(question("unsent", () => {}));
    expect(unsent).toMatchObject({
      ok: false,
      refusal: {
        code: "SERVICE_UNAVAILABLE",
        sentence: expect.stringMatching(/^the server cannot ask its data thread: /),
      },
    });
    thread().answer(0, value(1));
    expect(await other).toEqual(value(1));
  });

  it("are answered where no thread can be started", async () => {
    const none = new Connection(() => {
      throw new Error("no more threads");
    });
    expect(await none.ask(question("a"))).toMatchObject({
      ok: false,
      refusal: { sentence: "the server cannot ask its data thread: no more threads" },
    });
  });
});

describe("a reader who goes", () => {
  it("is answered at once, and the thread is told; what it says of it later is nobody's", async () => {
    const reader = new AbortController();
    const [left, stayed] = [connection.ask(question("a"), reader.signal), connection.ask(question("b"))];
    reader.abort();
    expect(await left).toMatchObject({ ok: false, refusal: { code: "CLIENT_CLOSED_REQUEST" } });
    expect(thread().told.at(-1)).toEqual({ id: thread().told[0]?.id, cancel: true });
    thread().answer(0, value("too late"));
    thread().answer(1, value("of b"));
    expect(await stayed).toEqual(value("of b"));
  });

  it("asks nothing where he has gone before, and calls nothing off once he is answered", async () => {
    expect(await connection.ask(question("a"), AbortSignal.abort())).toMatchObject({ ok: false });
    expect(threads).toHaveLength(0);
    const reader = new AbortController();
    const asked = connection.ask(question("a"), reader.signal);
    thread().answer(0, value(1));
    await asked;
    reader.abort();
    expect(thread().told).toHaveLength(1);
  });
});

describe("a thread that ends", () => {
  it("leaves no question open, nothing that could be kept, and its successor to the next question", async () => {
    const asked = [connection.ask(question("a")), connection.ask(question("b"))];
    thread().emit("error", new Error("out of memory"));
    thread().emit("exit", 1);
    for (const outcome of await Promise.all(asked)) {
      expect(outcome).toMatchObject({ ok: false, refusal: { code: "SERVICE_UNAVAILABLE", sentence: brokeOff } });
      expect(outcome.dependencies.some(({ settled }) => !settled)).toBe(true);
    }
    expect(logged()).toEqual(["the data thread ended (out of memory); the next question starts another one"]);
    const next = connection.ask(question("c"));
    expect(threads).toHaveLength(2);
    thread(0).emit("exit", 1); // its predecessor's word is not its own
    thread().answer(0, value("of c"));
    expect(await next).toEqual(value("of c"));
  });

  it("is ended where its program has changed, and the next question gets the new one", async () => {
    connection.replace(); // nothing was asked yet
    const asked = connection.ask(question("a"));
    connection.replace();
    expect(thread().terminate).toHaveBeenCalledTimes(1);
    expect(await asked).toMatchObject({ ok: false, refusal: { sentence: brokeOff } });
    expect(logged()).toEqual(["the data thread ended (its program has changed); the next question starts another one"]);
    const next = connection.ask(question("b"));
    expect(threads).toHaveLength(2);
    thread().answer(0, value("of b"));
    expect(await next).toEqual(value("of b"));
  });

  it("is ended where an answer did not arrive whole", async () => {
    const asked = connection.ask(question("a"));
    thread().emit("messageerror", new Error("cut off"));
    expect(thread().terminate).toHaveBeenCalledTimes(1);
    expect(await asked).toMatchObject({ ok: false, refusal: { sentence: brokeOff } });
    expect(logged()).toEqual([expect.stringContaining("(an answer did not arrive whole: cut off)")]);
  });

  it.each([
    ["exits", "require('node:worker_threads').parentPort.on('message', () => process.exit(3))", /exit code 3/],
    ["throws", "require('node:worker_threads').parentPort.on('message', () => { throw new Error('lost') })", /lost/],
    [
      "runs out of memory",
      "require('node:worker_threads').parentPort.on('message', () => { const all = []; for (;;) all.push(Array(1e5).fill({})) })",
      /memory limit/,
    ],
    ["has no program", "throw new Error('no program')", /no program/],
  ])("is a real one that %s", async (_, program, why) => {
    const real = new Connection(
      () => new Worker(program, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 20 } }),
    );
    const [first, second] = await Promise.all([real.ask(question("a")), real.ask(question("b"))]);
    for (const outcome of [first, second])
      expect(outcome).toMatchObject({ ok: false, refusal: { sentence: brokeOff } });
    expect(await real.ask(question("c"))).toMatchObject({ ok: false, refusal: { sentence: brokeOff } });
    const lines = logged();
    expect(lines).toHaveLength(2); // one for each of the two threads
    for (const line of lines) expect(line).toMatch(why);
  });
});
