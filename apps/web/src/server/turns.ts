import { setImmediate } from "node:timers/promises";

/** Milliseconds of one piece: what a question that is answered at once waits behind a long computation. */
const piece = 20;

/**
 * Cuts a long computation into pieces: what it calls between its steps lets other questions through when a piece has lasted
 * long enough, and returns at once until then.
 */
export function takingTurns(longest = piece): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < longest) return;
    await setImmediate();
    begun = performance.now();
  };
}
