import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { desktop, phone, visit } from "./browser.ts";
import { numbersIn } from "./chapter-page.ts";

/** /stuck: what is pasted is said back, judged, and mended. */

const field = (page: Page) => page.getByRole("textbox");
const told = (page: Page, state: string) => page.locator(`[data-state="${state}"]`);
const artifacts = join(import.meta.dirname, "../../artifacts");

describe("stuck", () => {
  it.each([
    ["loss: 0.1131 - val_loss: 0.1114", "which-loss"],
    ["Epoch 20/20 - loss: 0.0045 - val_loss: 0.0052", "good"],
    ["loss: 7250.1 - val_loss: 7249.9", "scale"],
    ["422/422 ━ 57s 131ms/step - loss: nan - val_loss: nan", "not-a-number"],
    ["expected axis -1 to have value 1, but received shape (None, 28, 28)", "channel-axis"],
    ["300/422 – loss: 0.1150", "too-early"],
    ["loss: 14.0197", "white"],
    ["hello", "no-loss"],
  ])("says of “%s” that it is %s", (text, state) =>
    visit("/stuck", { view: phone }, async (page) => {
      await field(page).fill(text);
      await told(page, state).waitFor();
      expect(await violations(page)).toEqual([]);
    }),
  );

  it("offers examples, says what it read of them, and has a line to copy where it is stuck", () =>
    visit("/stuck", { view: desktop }, async (page) => {
      await page.getByRole("button", { name: "a log that is stuck" }).click();
      await told(page, "black").waitFor();
      expect(numbersIn(await page.locator("[data-part='read'] p").innerText())).toEqual([3, 0.1114]);
      expect(await told(page, "black").locator("pre").innerText()).toContain("np.log(mean / (1 - mean))");
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await told(page, "black").getByRole("button", { name: "copy" }).click();
      await told(page, "black").getByRole("button", { name: "copied" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("bias_initializer=keras");
      await page.getByRole("button", { name: "clear" }).click();
      await page.getByRole("button", { name: "an error" }).click();
      await told(page, "channel-axis").waitFor();
    }));

  it("asks for the loss where either is possible, and judges a committed cross-entropy run by its own ladder", () =>
    visit("/stuck", { view: desktop }, async (page) => {
      await field(page).fill("loss: 0.0664 - val_loss: 0.0674");
      await told(page, "which-loss").waitFor();
      await page.getByRole("button", { name: "binary cross-entropy" }).click();
      await told(page, "good").waitFor();
      await field(page).fill(readFileSync(join(artifacts, "assignment-bce/history.csv"), "utf8"));
      await page.getByRole("button", { name: "binary cross-entropy" }).click();
      await told(page, "good").waitFor();
      const rungs = await page.locator("[data-testid='ladder'] tbody tr").allInnerTexts();
      const value = (name: string) =>
        numbersIn(rungs.find((row) => row.trimStart().startsWith(name)) ?? "").at(-1) as number;
      // By numpy over the 6,000 validation images, outputs kept 1e-7 from 0 and 1.
      expect(value("every pixel given back")).toBeCloseTo(0.0587, 3);
      expect(value("the mean picture")).toBeCloseTo(0.2624, 3);
      expect(value("one grey")).toBeCloseTo(0.3868, 3);
      expect(value("black")).toBeCloseTo(2.0986, 3);
    }));

  it("places a loss on the validation images' ladder", () =>
    visit("/stuck", { view: phone }, async (page) => {
      await field(page).fill("Epoch 1/20\n422/422 - loss: 0.2400 - val_loss: 0.2312");
      await told(page, "which-loss").waitFor();
      await page.getByRole("button", { name: "mean squared error" }).click();
      await told(page, "untrained").waitFor();
      const rungs = await page.locator("[data-testid='ladder'] tbody tr").allInnerTexts();
      const value = (name: string) =>
        numbersIn(rungs.find((row) => row.trimStart().startsWith(name)) ?? "").at(-1) as number;
      expect(value("one half everywhere")).toBeCloseTo(0.2312, 4);
      expect(value("black")).toBeCloseTo(0.1114, 4);
      expect(value("one grey")).toBeCloseTo(0.0945, 4);
      expect(value("yours")).toBeCloseTo(0.2312, 6);
    }));
});
