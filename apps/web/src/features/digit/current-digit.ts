"use client";
import { useEffect, useSyncExternalStore } from "react";
import * as v from "valibot";
import { pixelCount } from "../../shared/pixels.ts";
import { sessionTexts, storedValue } from "../../shared/storage.ts";
import type { RebuiltDigit } from "./digits.ts";
import { decodeFloats, encodeFloats } from "./encoding.ts";

/**
 * The reader's digit. It travels from page to page in the session's storage, together with what the network made of
 * it, so that a page can show it without starting the network. Another network's result is not shown.
 */

/** float32 in base64, every value a number; what is not base64 throws, and is taken for nothing as well. */
const floats = (fit: (values: Float32Array) => boolean) =>
  v.pipe(
    v.string(),
    v.check((text) => fit(decodeFloats(text))),
  );
/** [784] in [0, 1] */
const picture = floats(
  (values) => values.length === pixelCount && values.every((value) => value >= 0 && value <= 1), // NaN is neither
);
/** A whole number from 0 to `most`. */
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const digitSchema = v.object({
  /** SHA-256 of the weights that made latent and reconstruction. */
  weights: v.string(),
  source: v.union([
    v.object({ kind: v.literal("test"), sample: v.optional(upTo(9_999)), index: upTo(9_999), label: upTo(9) }),
    v.object({ kind: v.literal("drawn") }),
  ]),
  pixels: picture,
  latent: floats((values) => values.every(Number.isFinite)),
  reconstruction: picture,
});
const stored = storedValue<v.InferOutput<typeof digitSchema> | undefined>(sessionTexts, {
  name: "current-digit",
  version: 1,
  schema: v.optional(digitSchema),
  empty: undefined,
});

/** A network whose digits can be shown. */
interface DigitNetwork {
  /** `weightsKey` of the run. */
  weights: string;
  /** How many numbers its code has. */
  code: number;
}

/** The reader's digit; `none` where the pad was emptied; undefined for the one that pages open on. */
let current: RebuiltDigit | "none" | undefined;
let restored = false;
const listeners = new Set<() => void>();

/** Makes a digit the current one, on this page and the next. */
export function setCurrentDigit(digit: RebuiltDigit, weights: string): void {
  current = digit;
  restored = true;
  for (const listener of listeners) listener();
  saveSoon(weights);
}

/** Leaves no digit, here and in the session: pages open on their own one again. */
export function forgetCurrentDigit(): void {
  leave(undefined);
}

/** The pad was emptied: there is no digit on this page, and the next opens on its own one. */
export function emptyCurrentDigit(): void {
  restored = true;
  leave("none");
}

function leave(now: "none" | undefined): void {
  clearTimeout(saving);
  removeEventListener("pagehide", save);
  unsaved = undefined;
  current = now;
  stored.forget();
  for (const listener of listeners) listener();
}

/**
 * The current digit; `none` where the reader emptied the pad; undefined for the default one (on the server and until the page
 * is live, always).
 */
export function useCurrentDigit({ weights, code }: DigitNetwork): RebuiltDigit | "none" | undefined {
  useEffect(() => restore({ weights, code }), [weights, code]);
  return useSyncExternalStore(subscribe, () => current, noDigit);
}

/** The digit that the session brought along, if this network made it. */
export function storedDigit({ weights, code }: DigitNetwork): RebuiltDigit | undefined {
  const found = stored.read();
  if (!found || found.weights !== weights) return undefined;
  const latent = decodeFloats(found.latent);
  if (latent.length !== code) return undefined;
  return {
    origin: found.source.kind === "test" ? { sample: undefined, ...found.source } : found.source,
    pixels: decodeFloats(found.pixels),
    latent,
    reconstruction: decodeFloats(found.reconstruction),
  };
}

/** What the reader has drawn last in this session, whichever network rebuilt it: [784] in [0, 1]. */
export function drawnPixels(): Float32Array | undefined {
  const found = stored.read();
  return found?.source.kind === "drawn" ? decodeFloats(found.pixels) : undefined;
}

/** Whether the session holds a digit, or something in its place. */
export function useDigitKept(): boolean {
  return useSyncExternalStore(stored.subscribe, stored.kept, () => false);
}

function restore(network: DigitNetwork): void {
  if (restored) return;
  restored = true;
  current = storedDigit(network);
  if (current) for (const listener of listeners) listener();
}

let saving: ReturnType<typeof setTimeout> | undefined;
let unsaved: string | undefined;

/** A digit that is being drawn changes with every frame; storage is written when it rests, or when the reader leaves. */
function saveSoon(weights: string): void {
  if (unsaved === undefined) addEventListener("pagehide", save, { once: true });
  unsaved = weights;
  clearTimeout(saving);
  saving = setTimeout(save, 250);
}

function save(): void {
  clearTimeout(saving);
  removeEventListener("pagehide", save);
  if (!current || current === "none" || unsaved === undefined) return;
  const { origin, pixels, latent, reconstruction } = current;
  stored.write({
    weights: unsaved,
    source: origin,
    pixels: encodeFloats(pixels),
    latent: encodeFloats(latent),
    reconstruction: encodeFloats(reconstruction),
  });
  unsaved = undefined;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function noDigit(): undefined {
  return undefined;
}
