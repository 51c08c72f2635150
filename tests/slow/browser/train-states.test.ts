import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  alone,
  button,
  patience,
  pause,
  runButton,
  stepOf,
  training,
  untilStanding,
  untilStep,
} from "../../browser/train-page.ts";

/** What a page of trainings says of itself after presses in odd orders: its address, its figures, its seeds. */
const slow = 300_000;

const searchOf = (page: Page) => new URL(page.url()).searchParams;
const wall = (page: Page) => page.getByTestId("seed-wall");
async function choose(page: Page, setting: RegExp, choice: string): Promise<void> {
  const settings = page.getByTestId("settings");
  if ((await settings.getAttribute("open")) === null) await settings.locator("summary").click();
  await settings.getByRole("group", { name: setting }).getByRole("button", { name: choice, exact: true }).click();
}

it(
  "what cannot be begun leaves the training before, with its address, and is said until the reader goes on",
  () =>
    alone("/train?start=trained&batch=16", async (page) => {
      await runButton(page).click();
      await untilStep(page, 2);
      await pause(page);
      const step = await stepOf(page);
      await choose(page, /^Filters/, "8");
      await expect.poll(() => page.getByTestId("not-begun").innerText(), patience).toContain("No committed run has 8");
      expect(await page.getByTestId("status").innerText()).toContain(`Step ${step}: epoch 1`);
      expect([...searchOf(page)]).toEqual([
        ["batch", "16"],
        ["start", "trained"],
      ]);
      await button(page, "One step").click();
      await untilStep(page, step + 1);
      expect(await page.getByTestId("not-begun").count()).toBe(0);
    }),
  slow,
);

it(
  "a network without a plane has another figure in its place",
  () =>
    alone("/train?filters=8&batch=16", async (page) => {
      await button(page, /Only two numbers/).click();
      await untilStep(page, 1);
      await page.getByTestId("plane").waitFor();
      await choose(page, /^Numbers in the code/, "64");
      await page.getByRole("img", { name: /^Loss of the batch by step/ }).waitFor();
      expect(await page.getByTestId("plane").count()).toBe(0);
      expect(await button(page, "loss").getAttribute("aria-pressed")).toBe("true");
    }),
  slow,
);

it(
  "the address has the settings of the step that one goes on from",
  () =>
    alone("/train?filters=8&batch=16", async (page) => {
      await runButton(page).click();
      await untilStep(page, 9);
      await pause(page);
      const step = await stepOf(page);
      await choose(page, /^Learning rate/, "0.01");
      await expect.poll(() => searchOf(page).get("rate")).toBe("0.01");
      await button(page, "One step").click();
      await untilStep(page, step + 1);
      const scrubber = page.getByTestId("scrubber").getByRole("slider");
      await scrubber.focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await button(page, "go on from here").click();
      await expect.poll(() => searchOf(page).get("rate"), patience).toBeNull();
      await untilStanding(page);
      expect(await stepOf(page)).toBe(1);
    }),
  slow,
);

it(
  "seeds are counted apart where their settings differ, and a series ends when something else is begun",
  () =>
    alone("/train?filters=8&batch=16&pause=100+steps&images=4000", async (page) => {
      const tiles = () => wall(page).locator("li").count();
      await button(page, "run 20 seeds").click();
      await expect.poll(tiles, patience).toBe(1); // through the pause that was asked for
      await button(page, /^stop after this one/).waitFor();
      await button(page, /One that dies/).click();
      await button(page, "run 20 seeds").waitFor();
      await untilStep(page, 100);
      await untilStanding(page);
      await runButton(page).click();
      await expect.poll(tiles, patience).toBe(2);
      expect(await training(page).getAttribute("data-running")).toBe("true");
      const counts = await wall(page).locator("[data-part='count']").allInnerTexts();
      expect(counts).toHaveLength(2);
      for (const count of counts) expect(count).toMatch(/^[01] of 1 printed black\.$/);
      const titles = await wall(page).getByRole("heading", { level: 3 }).allInnerTexts();
      expect(titles[0]).toContain("output bias −1.9");
      expect(titles[1]).toContain("output bias 0");
    }),
  slow,
);
