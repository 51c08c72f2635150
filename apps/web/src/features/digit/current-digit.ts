"use client";
import { useEffect, useSyncExternalStore } from "react";
import * as z from "zod/mini";
import type { RebuiltDigit } from "./digits.ts";
import { decodeFloats, encodeFloats } from "./encoding.ts";

/**
 * The reader's digit. It travels from page to page in the session's storage, together with what the network made of
 * it, so that a page can show it without starting the network. Another network's result is not shown.
 */

const storageKey = "current-digit";

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*=*$/));
const stored = z.object({
  /** SHA-256 of the weights that made latent and reconstruction. */
  weights: z.string(),
  source: z.union([
    z.object({ kind: z.literal("test"), sample: z.int(), index: z.int(), label: z.int() }),
    z.object({ kind: z.literal("drawn") }),
  ]),
  pixels: base64,
  latent: base64,
  reconstruction: base64,
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
  try {
    const text = sessionStorage.getItem(storageKey);
    const parsed = text ? stored.safeParse(JSON.parse(text)) : undefined;
    if (!parsed?.success || parsed.data.weights !== weights) return undefined;
    const { source, pixels, latent, reconstruction } = parsed.data;
    const digit = {
      source,
      pixels: decodeFloats(pixels),
      latent: decodeFloats(latent),
      reconstruction: decodeFloats(reconstruction),
    };
    return digit.pixels.length === digit.reconstruction.length ? digit : undefined;
  } catch {
    return undefined; // storage is blocked or holds what is not ours: the default digit stays
  }
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
  const { source, pixels, latent, reconstruction } = current;
  const value: z.infer<typeof stored> = {
    weights: unsaved,
    source,
    pixels: encodeFloats(pixels),
    latent: encodeFloats(latent),
    reconstruction: encodeFloats(reconstruction),
  };
  unsaved = undefined;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(value));
  } catch {
    // Storage is blocked or full: the digit stays on this page.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function noDigit(): undefined {
  return undefined;
}
