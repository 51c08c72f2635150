import { RunFault } from "./fault.ts";

/** JSON and shapes as strangers' files have them. Without zod, because tables and weights are read in the page too. */

/** Lists and objects inside one another. Our deepest file, a tfjs model.json, has 8. */
const mostDepth = 32;
/** Commas and colons outside of strings: a run.json of 2,000 epochs has 25,000. */
const mostParts = 50_000;

/** Bounds of a JSON text, checked before it is parsed. */
interface JsonBounds {
  /** What it is, for errors: `a safetensors header`. */
  what: string;
  /** Characters. */
  most: number;
  file?: string;
  mend: string;
}

/** A JSON text that is neither too long, too deep nor of too many parts, as an object. @throws RunFault */
export function parseObject(text: string, { what, most, file, mend }: JsonBounds): Record<string, unknown> {
  const refuse = (expected: string, came: string, cause?: unknown) => {
    throw new RunFault({ file, expected, came, mend }, { cause });
  };
  if (text.length > most) refuse(`${what} of at most ${most} characters`, `got ${text.length}`);
  const { depth, parts } = extentOf(text);
  if (depth > mostDepth) refuse(`${what} at most ${mostDepth} lists and objects deep`, "it is deeper");
  if (parts > mostParts) refuse(`${what} of at most ${mostParts} fields and entries`, "it has more");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    refuse(what, "it is no JSON", cause);
  }
  if (!isObject(json)) refuse(what, "it is another value");
  return json as Record<string, unknown>;
}

/** True for what JSON calls an object: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How deep a JSON text is, and its commas and colons; what stands in strings does not count. Ends where both are too much. */
function extentOf(text: string): { depth: number; parts: number } {
  let [open, depth, parts] = [0, 0, 0];
  for (let at = 0; at < text.length && depth <= mostDepth && parts <= mostParts; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case "{":
      case "[":
        depth = Math.max(depth, ++open);
        break;
      case "}":
      case "]":
        open--;
        break;
      case ",":
      case ":":
        parts++;
    }
  }
  return { depth, parts };
}

/** Where the string ends that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/**
 * How many numbers a stored shape says, or undefined where it is none: at most eight whole lengths from 0, whose product
 * stays a safe integer whatever the order of multiplication.
 */
export function storedSize(shape: unknown): number | undefined {
  if (!Array.isArray(shape) || shape.length > 8) return undefined;
  let size = 1;
  for (const length of shape) {
    if (!isCount(length)) return undefined;
    size *= length;
    if (!Number.isSafeInteger(size)) return undefined;
  }
  return size;
}

/** True for whole numbers from 0 that a double holds exactly. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
