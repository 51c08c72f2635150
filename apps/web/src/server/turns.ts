import { setImmediate } from "node:timers/promises";

/** Milliseconds of one piece. A quick question reads its files in some ten turns of the loop, and waits for a piece at each. */
const piece = 5;

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
