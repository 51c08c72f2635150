// What the doctor says of one thing: its state, what was found, and for what is wanting what to do next.
import { CommandError } from "../lib/process.mjs";

/**
 * `fail`: something that the README promises does not work here. `note`: it does, but less than there could be.
 * @typedef {{ state: "ok" | "note" | "fail", about: string, found: string, next?: string }} Finding
 */

export const ok = (about, found) => ({ state: "ok", about, found });
export const note = (about, found, next) => ({ state: "note", about, found, ...(next && { next }) });
export const fail = (about, found, next) => ({ state: "fail", about, found, ...(next && { next }) });

/** A finding of a sentence that ends with what to do: "expected A but B; do C". */
export function fromSentence(say, about, sentence) {
  const [, found, next] = /^(.*?); (.*)$/s.exec(sentence) ?? [undefined, sentence, undefined];
  return say(about, found, next);
}

/** What a check finds. One that breaks is a finding too: the doctor itself never fails. */
export async function examine(about, check) {
  try {
    return [(await check()) ?? []].flat();
  } catch (error) {
    if (error instanceof CommandError) return [fromSentence(fail, about, error.message)];
    const [line] = String(error?.message ?? error).split("\n");
    return [fail(about, `the check itself broke: ${line}`, "report it, with npm run doctor -- --json")];
  }
}
