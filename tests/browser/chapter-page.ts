import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTable, type Table } from "@autoencoder/model";
import { parseRun, type Run } from "@autoencoder/model/run";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { desktop, type View, visit } from "./browser.ts";

/** What the tests of the chapters do and look at, and what the runs on disk say. */

export const artifacts = join(import.meta.dirname, "../../artifacts");
export const runOf = (name: string): Run => parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));
export const tableOf = (name: string, file: string): Table =>
  readTable(readFileSync(join(artifacts, name, `${file}.safetensors`)));

const wide: View = { ...desktop, width: 1440 };
export const chapter = (slug: string, look: (page: Page) => Promise<void>, view: View = wide): Promise<void> =>
  visit(`/chapters/${slug}`, { view }, look);

export const numbersIn = (text: string): number[] =>
  [
    ...text
      .replaceAll("−", "-")
      .replaceAll(",", "")
      .matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g),
  ].map(([found]) => Number(found));

/** A question by its name in the reader's progress. */
export const questionOf = (page: Page, id: string) => page.locator(`[data-question='${id}']`);
export const rightOption = (question: Locator) => question.locator("[data-right='true']");
export const showAnswer = (question: Locator) => question.locator("[data-part='show-answer']").click();

/** Lets a question show its answer: the right option's text, and the explanation's numbers. */
export async function answer(page: Page, id: string): Promise<{ right: string; told: number[] }> {
  const question = questionOf(page, id);
  await showAnswer(question);
  return {
    right: (await rightOption(question).innerText()).split("\n")[0] as string,
    told: numbersIn(await question.locator("[data-testid='question-why']").innerText()),
  };
}

/** Holds a line "Σ … + bias … = … → ReLU …" to what it prints: it adds up, or it says to which number. */
export function expectAddsUp(line: string): { total: number } {
  const [sum, bias, total, , stated] = numbersIn(line) as [number, number, number, number, number | undefined];
  expect(line.includes("(rounded; the printed numbers add up to"), line).toBe(stated !== undefined);
  expect(sum + bias, line).toBeCloseTo(stated ?? total, 8);
  expect(Math.abs(sum + bias - total), line).toBeLessThan(1.6e-4);
  return { total };
}
