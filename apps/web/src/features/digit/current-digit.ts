"use client";
import { useEffect, useSyncExternalStore } from "react";
import * as v from "valibot";
import { sessionTexts, storedValue } from "../../shared/storage.ts";
import type { RebuiltDigit } from "./digits.ts";
import { decodeFloats, encodeFloats } from "./encoding.ts";

/**
 * The reader's digit. It travels from page to page in the session's storage, together with what the network made of
 * it, so that a page can show it without starting the network. Another network's result is not shown.
 */

const floats = v.pipe(v.string(), v.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/));
const integer = v.pipe(v.number(), v.integer());
const digitSchema = v.object({
  /** SHA-256 of the weights that made latent and reconstruction. */
  weights: v.string(),
  source: v.union([
    v.object({ kind: v.literal("test"), sample: integer, index: integer, label: integer }),
    v.object({ kind: v.literal("drawn") }),
  ]),
  /** float32 in base64, as the latent vector and the reconstruction. */
  pixels: floats,
  latent: floats,
  reconstruction: floats,
});
const stored = storedValue<v.InferOutput<typeof digitSchema> | undefined>(sessionTexts, {
  name: "current-digit",
  version: 1,
  schema: v.optional(digitSchema),
  empty: undefined,
});

let current: RebuiltDigit | undefined;
let restored = false;
const listeners = new Set<() => void>();

/** Makes a digit the current one, on this page and the next. */
export function setCurrentDigit(digit: RebuiltDigit, weights: string): void {
  current = digit;
  restored = true;
  for (const listener of listeners) listener();
  saveSoon(weights);
}

/** The current digit, or undefined for the default one (on the server and until the page is live, always). */
export function useCurrentDigit(weights: string): RebuiltDigit | undefined {
  useEffect(() => restore(weights), [weights]);
  return useSyncExternalStore(subscribe, () => current, noDigit);
}

/** The digit that the session brought along, if this network made it. */
export function storedDigit(weights: string): RebuiltDigit | undefined {
  const found = stored.read();
  if (!found || found.weights !== weights) return undefined;
  const digit = {
    origin: found.source,
    pixels: decodeFloats(found.pixels),
    latent: decodeFloats(found.latent),
    reconstruction: decodeFloats(found.reconstruction),
  };
  return digit.pixels.length === digit.reconstruction.length ? digit : undefined;
}

function restore(weights: string): void {
  if (restored) return;
  restored = true;
  current = storedDigit(weights);
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
  if (!current || unsaved === undefined) return;
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
