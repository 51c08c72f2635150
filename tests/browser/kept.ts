import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { chapters } from "../../apps/web/content/chapters.ts";
import { weightsKey } from "../../apps/web/src/shared/run-addresses.ts";

/** What a browser has kept before a page opens. */

/** Every page that keeps or reads something. */
export const pages = [
  "/",
  "/viewer",
  "/train",
  "/stuck",
  "/runs",
  "/grading",
  "/program",
  "/run",
  "/teach",
  "/runs/assignment/report",
  ...chapters.map(({ slug }) => `/chapters/${slug}`),
];

const run = parseRun(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8"));
export const floats = (length: number, value: number) =>
  Buffer.from(new Float32Array(length).fill(value).buffer).toString("base64");
export const source = { kind: "test", sample: 20, index: 82, label: 2 };
/** A digit as the site keeps it, in the session. */
export const digit = {
  weights: weightsKey(run),
  source,
  pixels: floats(784, 0),
  latent: floats(64, 0),
  reconstruction: floats(784, 0),
};
/** Keeps texts as if an earlier page had, once a tab. */
export const keep = (page: Page, digit: unknown, texts: Record<string, string>) =>
  page.addInitScript(
    ([digit, texts]) => {
      if (sessionStorage.getItem("kept before")) return;
      sessionStorage.setItem("kept before", "yes");
      sessionStorage.setItem("current-digit", digit);
      for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text);
    },
    [JSON.stringify(digit), texts] as const,
  );
