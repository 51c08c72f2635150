import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { desktop, phone, type View, visit } from "../../browser/browser.ts";

/** What a reader downloads from the last chapter and from /run: the bytes that the page promises. */

const root = join(import.meta.dirname, "..", "..", "..");
const chapter = (look: (page: Page) => Promise<void>, view: View = desktop) =>
  visit("/chapters/hand-it-in", { view }, look);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Chromium ignores clicks on downloads after ten within a second. */
const pace = 150;

/** Opens every fold and clicks every link of a table of files, one after the other. */
async function downloadAll(page: Page, group: string) {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
  });
  const rows = await page.locator(`[data-files="${group}"] tbody tr`).all();
  const files = [];
  for (const row of rows) {
    const link = row.getByRole("link");
    await page.waitForTimeout(pace);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    files.push({
      path: await link.innerText(),
      shown: { size: await row.locator("td").nth(1).innerText(), sha256: await row.locator("code").innerText() },
      name: download.suggestedFilename(),
      bytes: readFileSync(await download.path()),
    });
  }
  return files;
}

it.each(["hand-in", "tfjs", "rest"])(
  "the files of the group %s have the sizes and hashes that the page shows",
  (group) =>
    chapter(async (page) => {
      const files = await downloadAll(page, group);
      expect(files.length).toBeGreaterThanOrEqual(6);
      for (const { path, shown, name, bytes } of files) {
        expect(name).toBe(path.replaceAll("/", "-"));
        expect(sha256(bytes), path).toBe(shown.sha256);
        const [amount, unit] = shown.size.split(" ") as [string, "kB" | "MB"];
        const digits = amount.split(".")[1]!.length;
        expect(amount, path).toBe((bytes.length / { kB: 1e3, MB: 1e6 }[unit]).toFixed(digits));
      }
    }),
);

it("offers every file of the run, as it lies on the disk", () =>
  chapter(async (page) => {
    const folder = join(root, "artifacts", "assignment");
    const { files } = parseRun(readFileSync(join(folder, "run.json"), "utf8"));
    const listed = await page
      .locator("[data-files] tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector("a")?.textContent, row.querySelector("code")?.textContent]),
      );
    expect(listed.sort()).toEqual(files.map(({ path }) => [path, sha256(readFileSync(join(folder, path)))]).sort());
  }));

it("opens a hash to its 64 digits without script, and by touch", async () => {
  for (const view of [{ ...desktop, javaScriptEnabled: false }, phone]) {
    await chapter(async (page) => {
      const hash = page.locator("[data-files=hand-in] details").first();
      const whole = hash.locator("code");
      expect(await whole.isVisible()).toBe(false);
      await (view.hasTouch ? hash.locator("summary").tap() : hash.locator("summary").click());
      await expect.poll(() => whole.isVisible()).toBe(true);
      expect(await whole.innerText()).toMatch(/^[0-9a-f]{64}$/);
    }, view);
  }
});

it("downloads the notebook that the repository has", () =>
  visit("/run", { view: desktop }, async (page) => {
    const link = page.getByRole("link", { name: "colab.ipynb" });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const path = await download.path();
    expect(download.suggestedFilename()).toBe("colab.ipynb");
    const notebook = join(root, "notebooks", "colab.ipynb");
    expect(statSync(path).size).toBe(statSync(notebook).size);
    expect(sha256(readFileSync(path))).toBe(sha256(readFileSync(notebook)));
  }));
