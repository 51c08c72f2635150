import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { phone, type View, visit } from "./browser.ts";
import { chapter, questionOf } from "./chapter-page.ts";

/** A figure that gives an answer away waits for the guess. */

const content = join(import.meta.dirname, "../../apps/web/content");
const opening = "squeeze-and-rebuild";

describe("a gate", () => {
  it("hides its figure in its place until the question above is answered, tells how the guess stands, and asks again", () =>
    chapter(opening, async (page) => {
      const gate = page.locator("[data-gate='squeeze-codes']");
      const figure = gate.getByTestId("code-ladder");
      const question = questionOf(page, "squeeze-codes");
      const height = async () => Math.round((await gate.boundingBox())?.height ?? 0);
      await gate.getByRole("button", { name: "show me" }).waitFor();
      expect(await figure.isVisible()).toBe(false);
      expect(await question.locator("[data-testid='question-why']").isVisible()).toBe(false);
      // Until the network is live its figures say that it is loading; another face breaks lines elsewhere.
      await page.locator('[data-state="live"]').waitFor({ state: "attached" });
      await page.evaluate(() => document.fonts.ready);
      await page.waitForLoadState("networkidle");
      expect(await height()).toBeLessThanOrEqual(24 * 16); // a figure of more than a screen leaves no screen empty
      const top = () => question.evaluate((element) => Math.round(element.getBoundingClientRect().top + scrollY));
      const held = await top();
      await question.getByRole("button", { name: "32", exact: true }).click();
      await figure.waitFor();
      expect(await top()).toBe(held);
      const verdict = question.locator("[data-part='verdict']");
      expect(await verdict.innerText()).toContain("Your guess is not it.");
      expect(await verdict.innerText()).not.toContain("before");
      await page.reload();
      await figure.waitFor();
      expect(await verdict.innerText()).toContain("You answered this before.");
      await question.getByRole("button", { name: "ask me again" }).click();
      await figure.waitFor({ state: "hidden" });
      await question.getByRole("button", { name: "16", exact: true }).click();
      expect(await verdict.innerText()).toContain("Your guess is right.");
      expect(await question.getByRole("button", { name: "16" }).innerText()).toContain("your guess, right");
    }));

  it("opens by itself on request, which answers its question", () =>
    chapter(opening, async (page) => {
      const gate = page.locator("[data-gate='squeeze-codes']");
      await gate.getByRole("button", { name: "show me" }).click();
      await gate.getByTestId("code-ladder").waitFor();
      const question = questionOf(page, "squeeze-codes");
      expect(await question.locator("[data-testid='question-why']").innerText()).toMatch(/^ask me again\s+16: /);
    }));

  const shownAtOnce: [string, string, View, "print" | "screen"][] = [
    ["without script", `/chapters/${opening}`, { ...phone, javaScriptEnabled: false }, "screen"],
    ["on paper", `/chapters/${opening}`, phone, "print"],
  ];
  it.each(shownAtOnce)("is open %s, and so are the answers", (_, path, view, media) =>
    visit(path, { view }, async (page) => {
      await page.emulateMedia({ media });
      await page.getByTestId("code-ladder").waitFor();
      expect(await page.locator("[data-gate='squeeze-codes'] [data-part='show-answer']").isVisible()).toBe(false);
      const question = questionOf(page, "squeeze-codes");
      expect(await question.locator("[data-testid='question-why']").isVisible()).toBe(true);
      expect(await question.getByText("the answer").isVisible()).toBe(true);
    }),
  );

  it("is open in a presentation", () =>
    visit(`/chapters/${opening}?present=1`, { view: phone }, async (page) => {
      const next = page.getByRole("button", { name: "The next figure" });
      const figure = page.getByTestId("code-ladder");
      while (!(await figure.isVisible()) && (await next.isEnabled())) await next.click();
      expect(await figure.isVisible()).toBe(true);
    }));
});

it("every gate waits for a question of its chapter, and every chapter has one", () => {
  for (const { number, slug, questions } of chapters) {
    const folder = join(content, `${String(number).padStart(2, "0")}-${slug}`);
    const files = readdirSync(folder).filter((file) => /\.(mdx|tsx)$/.test(file));
    const sources = files.map((file) => readFileSync(join(folder, file), "utf8"));
    const gates = sources.flatMap((text) => [...text.matchAll(/<Gate question="([^"]+)"/g)].map(([, id]) => id));
    const onFigures = sources.flatMap((text) => [...text.matchAll(/useAnswer\(/g)]);
    expect(gates.length + onFigures.length, slug).toBeGreaterThan(0);
    for (const id of gates) expect(questions, slug).toContain(id);
  }
});

it("the menu counts the questions that are answered", () =>
  chapter("counting", async (page) => {
    const questions = chapters.find(({ slug }) => slug === "counting")?.questions.length;
    const entry = page.locator("[data-testid='menu'] a", { hasText: "Counting" });
    await page.locator("[data-testid='menu'] summary").click();
    expect(await entry.innerText()).toContain("min");
    await page.keyboard.press("Escape");
    await questionOf(page, "counting-filters").getByRole("button", { name: "320" }).click();
    await page.locator("[data-testid='menu'] summary").click();
    expect(await entry.innerText()).toContain(`1 of ${questions}`);
  }));
