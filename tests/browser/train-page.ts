import type { Page } from "playwright-core";
import { expect } from "vitest";
import { desktop, openPage, untilAnswering, type View } from "./browser.ts";
import { draw } from "./home-page.ts";

/** What tests of /train press and wait for. A busy machine takes its time: what they wait for is a step, never a second. */
export const patience = { timeout: 240_000, interval: 250 };

export const training = (page: Page) => page.getByTestId("training");
export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
export const lanes = (page: Page) => page.getByTestId("lane");
/** Runs, or pauses what runs. */
export const runButton = (page: Page) => page.getByTestId("transport").getByRole("button").first();
/** The step whose digits are shown. */
export const stepOf = async (page: Page) => Number(await lanes(page).first().getAttribute("data-step"));
export const untilStep = (page: Page, step: number) =>
  expect.poll(() => stepOf(page), patience).toBeGreaterThanOrEqual(step);
export const untilAt = (page: Page, step: number) => expect.poll(() => stepOf(page), patience).toBe(step);
export const untilStanding = (page: Page) =>
  expect.poll(() => training(page).getAttribute("data-running"), patience).toBe("false");

export async function pause(page: Page): Promise<void> {
  await button(page, /pause/).click();
  await untilStanding(page);
}

/** Opens an address of /train, and waits until it can be pressed. */
export async function arrive(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "load" });
  await expect.poll(() => training(page).getAttribute("data-state"), patience).toBe("idle");
}

/** A page that shares nothing with others: what it keeps is its own. */
export async function alone(path: string, look: (page: Page) => Promise<void>, view: View = desktop): Promise<void> {
  const { page, problems, close } = await openPage(view, "fresh");
  try {
    await arrive(page, path);
    await look(page);
    expect(problems).toEqual([]);
  } finally {
    await close();
  }
}

/** Draws a digit on the first page, which /train knows then. */
export async function drawOwn(page: Page): Promise<void> {
  await page.goto("/");
  await untilAnswering(page);
  await draw(page, "mouse");
  await expect.poll(() => page.evaluate(() => sessionStorage["current-digit"] ?? ""), patience).toContain("drawn");
}
