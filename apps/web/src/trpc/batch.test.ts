import { expect, it, vi } from "vitest";
import { batchOf } from "./batch.ts";
import { createCallerFactory, query, router } from "./init.ts";
import { maxAnswerBytes } from "./limits.ts";

/** Questions of one request, asked at once. */

const worked = vi.fn();
const questions = createCallerFactory(
  router({
    half: query.query(() => {
      worked();
      return "x".repeat(maxAnswerBytes / 2 - 2); // with its quotes
    }),
    broken: query.query((): string => {
      throw new Error("no such thing");
    }),
  }),
);
const codes = async (asked: Promise<string>[]) =>
  (await Promise.allSettled(asked)).map((answer) => (answer.status === "fulfilled" ? "fine" : answer.reason.code));

it("are answered as long as the answers are not too large together, and not worked on after that", async () => {
  worked.mockClear();
  const api = questions({ batch: batchOf(new AbortController().signal) });
  const asked = Array.from({ length: 6 }, () => api.half());
  const tooLarge = "PAYLOAD_TOO_LARGE";
  expect(await codes(asked)).toEqual(["fine", "fine", tooLarge, tooLarge, tooLarge, tooLarge]);
  expect(worked).toHaveBeenCalledTimes(3);
  await expect(asked[5]).rejects.toThrow(
    `expected questions whose answers take at most ${maxAnswerBytes} bytes together; ask for less at once`,
  );
});

it("are not worked on once the reader has gone", async () => {
  worked.mockClear();
  const reader = new AbortController();
  const api = questions({ batch: batchOf(reader.signal) });
  worked.mockImplementationOnce(() => reader.abort());
  expect(await codes([api.half(), api.half(), api.half()])).toEqual([
    "fine",
    "CLIENT_CLOSED_REQUEST",
    "CLIENT_CLOSED_REQUEST",
  ]);
  expect(worked).toHaveBeenCalledTimes(1);
});

it("do not fail with those before them", async () => {
  const api = questions({ batch: batchOf(new AbortController().signal) });
  expect(await codes([api.broken(), api.half()])).toEqual(["INTERNAL_SERVER_ERROR", "fine"]);
});

it("of a server component, which asks without a request, know no limit", async () => {
  const api = questions({});
  expect(await codes([api.half(), api.half(), api.half()])).toEqual(["fine", "fine", "fine"]);
});
