import { isDeepStrictEqual } from "node:util";
import { MessageChannel } from "node:worker_threads";
import { TRPCError } from "@trpc/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dependOn } from "../server/dependencies.ts";
import { RunProblem } from "../server/run-store.ts";
import { appRouter } from "../trpc/router.ts";
import { answer } from "./answer.ts";
import { Connection, type ThreadLike } from "./connection.ts";
import type { Outcome, Question, RouteAnswer } from "./messages.ts";
import { errorOf } from "./refusal.ts";
import { type Answer, serve } from "./serve.ts";

/** Both ends, over a port that clones and detaches as threads do. */

let channel: MessageChannel;
beforeEach(() => {
  channel = new MessageChannel();
});
afterEach(() => channel.port1.close());

/** A server whose thread answers in this way. */
function served(work: Answer): Connection {
  serve(channel.port2, work);
  const thread: ThreadLike = Object.assign(channel.port1, { terminate: () => channel.port1.close() });
  return new Connection(() => thread);
}
const asked = (procedure: string, input: unknown = undefined): Question => ({ procedure, input });
const nameOf = (question: Question) => ("procedure" in question ? question.procedure : question.route);
/** What came of a question; a test fails where there is no answer. */
const answered = (outcome: Outcome): unknown => {
  if (!outcome.ok) throw new Error(outcome.refusal.sentence);
  return outcome.value;
};

describe("an answer", () => {
  it.each([
    ["runs.get", { name: "assignment" }],
    ["digits.pixels", { indices: [0, 9_999, 0] }],
    ["digits.samples", { name: "assignment" }],
    ["digits.forwardPass", { name: "assignment", index: 1 }],
    ["training.snapshots", { name: "assignment" }],
    ["grading.evidence", { name: "assignment" }],
  ])(
    "of %s is what the procedure itself gives, and does not take it away from the thread",
    async (procedure, input) => {
      const connection = served(answer);
      const expected = await answer(asked(procedure, input), undefined);
      for (let time = 0; time < 2; time++) {
        const outcome = await connection.ask(asked(procedure, input));
        expect(isDeepStrictEqual(answered(outcome), expected)).toBe(true);
      }
    },
  );

  it("takes no more bytes along than it has", async () => {
    const outcome = await served(answer).ask(asked("digits.pixels", { indices: [3, 4] }));
    const pictures = answered(outcome) as Uint8Array[];
    expect(pictures.map(({ buffer }) => buffer.byteLength)).toEqual([784, 784]);
  });

  it("of a route has its status, its headers and its bytes", async () => {
    const request = { url: "http://site/files/nobody/run.json", method: "GET", headers: [] };
    const outcome = await served(answer).ask({ route: "files", path: ["nobody", "run.json"], request });
    const { status, headers, body } = answered(outcome) as RouteAnswer;
    expect(status).toBe(404);
    expect(new Headers(headers).get("cache-control")).toBe("no-store");
    expect(new TextDecoder().decode(body)).toMatch(/^there is no run "nobody"/);
  });

  it("names the files that it was made from, also where there is none", async () => {
    const connection = served(async (question) => {
      dependOn({ path: nameOf(question), state: "1", settled: true });
      if (nameOf(question) === "none") throw new Error("no such thing");
    });
    for (const name of ["some", "none"]) {
      const { dependencies } = await connection.ask(asked(name));
      expect(dependencies).toEqual([{ path: name, state: "1", settled: true }]);
    }
  });

  it("that cannot be cloned is an error and no silence", async () => {
    const outcome = await served(async () => ({ of: () => {} })).ask(asked("a"));
    expect(outcome).toMatchObject({ ok: false, refusal: { sentence: expect.stringMatching(/could not be cloned/) } });
  });
});

describe("what is wrong", () => {
  const thrown = async (error: Error) => {
    const outcome = await served(() => Promise.reject(error)).ask(asked("a"));
    return outcome.ok ? undefined : errorOf(outcome.refusal);
  };

  it("with a run is the same problem on the other side", async () => {
    const outcome = await served(answer).ask(asked("runs.get", { name: "nobody" }));
    const there = outcome.ok ? undefined : errorOf(outcome.refusal);
    const here = await appRouter
      .createCaller({})
      .runs.get({ name: "nobody" })
      .catch((error) => error);
    expect(there).toMatchObject({ code: here.code, message: here.message });
    expect(there?.cause).toBeInstanceOf(RunProblem);
    expect(there?.cause).toMatchObject({ code: "NOT_FOUND", message: here.cause.message });
  });

  it.each([
    [new TRPCError({ code: "BAD_REQUEST", message: "expected less" }), "BAD_REQUEST"],
    [new RangeError("out of range"), "INTERNAL_SERVER_ERROR"],
  ])("with anything else keeps its words: %s", async (error, code) => {
    expect(await thrown(error)).toMatchObject({ code, message: error.message, cause: undefined });
  });

  it("with a procedure's name is said too", async () => {
    const outcome = await served(answer).ask(asked("runs.constructor"));
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "NOT_FOUND" } });
  });
});

describe("questions that nobody waits for any more", () => {
  it("are not begun, and those behind them are", async () => {
    const begun: string[] = [];
    const connection = served(async (question) => {
      begun.push(nameOf(question));
      return nameOf(question);
    });
    const reader = new AbortController();
    const left = ["a", "b"].map((name) => connection.ask(asked(name), reader.signal));
    const stayed = connection.ask(asked("c"));
    reader.abort();
    expect(await stayed).toMatchObject({ ok: true, value: "c" });
    for (const outcome of await Promise.all(left)) expect(outcome.ok).toBe(false);
    expect(begun).toEqual(["c"]);
  });

  it("learn it by their signal once they are begun, and their answers are not sent", async () => {
    const posted = vi.spyOn(channel.port2, "postMessage");
    const reader = new AbortController();
    let signal: AbortSignal | undefined;
    const connection = served(async (question, given) => {
      if (nameOf(question) === "quick") return "quick";
      signal = given;
      reader.abort();
      await vi.waitUntil(() => given.aborted);
      return "slow";
    });
    expect(await connection.ask(asked("slow"), reader.signal)).toMatchObject({ ok: false });
    await vi.waitUntil(() => signal?.aborted);
    expect(await connection.ask(asked("quick"))).toMatchObject({ value: "quick" });
    expect(posted).toHaveBeenCalledTimes(1);
  });
});

it("several questions are answered in the order in which they are done, not in that in which they were asked", async () => {
  const connection = served(async (question) => {
    if (nameOf(question) === "slow") await new Promise((resolve) => setTimeout(resolve, 50));
    return nameOf(question);
  });
  const done: unknown[] = [];
  const ask = async (name: string) => done.push(answered(await connection.ask(asked(name))));
  await Promise.all([ask("slow"), ask("quick")]);
  expect(done).toEqual(["quick", "slow"]);
});
