import { TRPCError } from "@trpc/server";
import { maxAnswerBytes } from "./limits.ts";

/** The questions of one request. */
export type Batch = ReturnType<typeof batchOf>;

/**
 * Questions of one request are answered one after the other, so that those that are left are not worked on once the
 * reader has gone or the answers have grown too large.
 */
export function batchOf(signal: AbortSignal) {
  let before: Promise<unknown> = Promise.resolve();
  let bytes = 0;
  const inTurn = async <Answer extends { ok: boolean; data?: unknown }>(work: () => Promise<Answer>) => {
    if (signal.aborted) throw new TRPCError({ code: "CLIENT_CLOSED_REQUEST", message: "the reader has gone" });
    if (bytes > maxAnswerBytes) throw tooLarge();
    const answer = await work();
    if (answer.ok) bytes += Buffer.byteLength(JSON.stringify(answer.data) ?? "");
    if (bytes > maxAnswerBytes) throw tooLarge();
    return answer;
  };
  return {
    /** Works out an answer when those before it are done. @throws TRPCError when it is not to be given any more */
    answer<Answer extends { ok: boolean; data?: unknown }>(work: () => Promise<Answer>): Promise<Answer> {
      const turn = before.then(() => inTurn(work));
      before = turn.catch(() => {});
      return turn;
    },
  };
}

function tooLarge(): TRPCError {
  const message = `expected questions whose answers take at most ${maxAnswerBytes} bytes together; ask for less at once`;
  return new TRPCError({ code: "PAYLOAD_TOO_LARGE", message });
}
