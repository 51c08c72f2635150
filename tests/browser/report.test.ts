import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { desktop, openContext, phone, visit } from "./browser.ts";

const address = "/runs/assignment/report";
const run = parseRun(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8"));
const ids = ["loss-curve", "reconstructions", "bottleneck", "labels", "conclusion"];
const hard = "Größe *nicht* fett | $& \\n\n\n# keine Überschrift\n  <b>ß</b> 🙂 ";

const field = (page: Page, id: string) => page.locator(`textarea[name="${id}"]`);
const state = (page: Page, id: string) => page.locator(`section:has(textarea[name="${id}"]) p[id$="-state"]`);

/** How much the page has moved since it was opened; 0 is not at all. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}

/** The files of the zip that the button gives. */
async function exported(page: Page): Promise<Record<string, Uint8Array>> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as Markdown (zip)" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe("report-assignment.zip");
  return unzipSync(new Uint8Array(readFileSync(await download.path())));
}

describe("what a student writes into a report", () => {
  it("survives a reload, and is exported as it was typed, beside the pictures of run.json", () =>
    visit(address, { view: desktop }, async (page) => {
      for (const [at, id] of ids.entries()) if (id !== "labels") await field(page, id).fill(`${at}. ${hard}`);
      await page.getByLabel("Author (may stay empty)").fill("Łucja");
      await page.reload();
      for (const [at, id] of ids.entries()) {
        await expect.poll(() => field(page, id).inputValue()).toBe(id === "labels" ? "" : `${at}. ${hard}`);
      }
      const files = await exported(page);
      expect(Object.keys(files).sort()).toEqual(["loss_curve.png", "reconstructions.png", "report.md"]);
      for (const name of ["loss_curve.png", "reconstructions.png"]) {
        const hash = createHash("sha256").update(files[name]!).digest("hex");
        expect(hash).toBe(run.files.find(({ path }) => path === name)!.sha256);
      }
      const markdown = strFromU8(files["report.md"]!);
      for (const [at, id] of ids.entries()) {
        if (id !== "labels")
          expect(markdown).toContain(`

${at}. ${hard}
`);
      }
      expect(markdown).toContain("\n\nAuthor: Łucja\n\n");
      expect(markdown.split("*(not written yet)*")).toHaveLength(2);
      expect(markdown).toContain(run.test.ssim.toFixed(3));
      const told = page.locator("[data-part='told']");
      await expect.poll(() => told.innerText()).toMatch(/^report-assignment\.zip\D+2\D+2/);
    }));

  it("is visibly missing where it is missing, on the page and on paper", () =>
    visit(address, { view: desktop }, async (page) => {
      await field(page, "labels").fill("Two words");
      expect(await state(page, "labels").innerText()).toBe("2 words, kept in this browser");
      expect(await state(page, "bottleneck").innerText()).toBe("(not written yet)");
      expect(await page.locator("#hand-in ~ * li:has([data-empty=false]) a").allInnerTexts()).toEqual(["No labels"]);
      expect(await page.locator("#hand-in ~ * [data-empty=true]").count()).toBe(4);
      await page.emulateMedia({ media: "print" });
      const printed = (await page.locator("article").innerText()).split("\n").map((line) => line.trim());
      expect(printed.filter((line) => line === "(not written yet)")).toHaveLength(4);
      expect(printed).toContain("Two words");
      const shown = await page
        .locator("button, textarea, input, summary, #hand-in, header, footer, [data-part=model-answer]")
        .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80)));
      expect(shown).toEqual([]);
    }));

  it("of another tab appears here, and two tabs do not overwrite each other's answers", async () => {
    const context = await openContext(desktop);
    const [one, other] = [await context.newPage(), await context.newPage()];
    for (const page of [one, other]) await page.goto(address);
    await field(one, "labels").fill("from one");
    await field(other, "conclusion").fill("from the other");
    await expect.poll(() => field(one, "conclusion").inputValue()).toBe("from the other");
    await expect.poll(() => field(other, "labels").inputValue()).toBe("from one");
    await field(one, "labels").pressSequentially(", and more");
    await expect.poll(() => field(other, "labels").inputValue()).toBe("from one, and more");
    await context.close();
  });

  it("belongs to its run", () =>
    visit(address, { view: desktop }, async (page) => {
      await field(page, "labels").fill("of the healthy run");
      await page.goto("/runs/assignment-literal/report");
      await expect.poll(() => field(page, "labels").isEnabled()).toBe(true);
      expect(await field(page, "labels").inputValue()).toBe("");
    }));

  it("moves nothing when a long text comes back", () =>
    visit(`${address}#labels`, { view: phone }, async (page) => {
      for (const id of ids) await field(page, id).fill(`${hard}\n`.repeat(30));
      await page.reload({ waitUntil: "networkidle" });
      expect(await field(page, "labels").inputValue()).toHaveLength((hard.length + 1) * 30);
      expect(await layoutShift(page)).toBeLessThan(0.01);
      const before = (await field(page, "labels").boundingBox())!.height;
      await field(page, "labels").focus();
      await expect.poll(async () => (await field(page, "labels").boundingBox())!.height).toBeGreaterThan(2 * before);
    }));

  it("is to be checked again where the run has other weights than when it was written", () =>
    visit(address, { view: desktop }, async (page) => {
      const notice = page.locator("[data-part=trained-again]");
      await field(page, "labels").fill("0.00202 is little");
      const key = "report/assignment/weights";
      await expect.poll(() => page.evaluate((name) => localStorage.getItem(name), key)).toMatch(/^[0-9a-f]{128}$/);
      await page.reload();
      await expect.poll(() => field(page, "labels").inputValue()).toBe("0.00202 is little");
      expect(await notice.count()).toBe(0);
      await page.evaluate((name) => localStorage.setItem(name, "of other weights"), key);
      await page.reload();
      await notice.getByRole("button", { name: "I have checked them" }).click();
      await expect.poll(() => notice.count()).toBe(0);
      await page.reload();
      await expect.poll(() => field(page, "labels").inputValue()).toBe("0.00202 is little");
      expect(await notice.count()).toBe(0);
    }));

  it("is exported and warned about where the browser keeps nothing", () =>
    visit(
      address,
      {
        view: desktop,
        prepare: (page) =>
          page.addInitScript(() => {
            Storage.prototype.setItem = () => {
              throw new DOMException("refused", "QuotaExceededError");
            };
          }),
      },
      async (page) => {
        await field(page, "labels").fill("not kept");
        await page.locator("[data-part='refused']").waitFor();
        expect(await state(page, "labels").innerText()).toContain("not kept: export before you leave");
        expect(strFromU8((await exported(page))["report.md"]!)).toContain("\n\nnot kept\n");
      },
    ));
});

describe("the report", () => {
  it("shows a teacher's answer only when it is asked for, and never exports it", () =>
    visit(address, { view: desktop }, async (page) => {
      const answers = page.locator("[data-part=model-answer]");
      expect(await answers.count()).toBe(5);
      expect(await answers.locator("p").first().isVisible()).toBe(false);
      await answers.first().locator("summary").click();
      expect(await answers.locator("p").first().isVisible()).toBe(true);
      const markdown = strFromU8((await exported(page))["report.md"]!);
      for (const text of await answers.locator("p:first-of-type").allTextContents()) {
        expect(text.length).toBeGreaterThan(80);
        expect(markdown).not.toContain(text.slice(0, 40));
      }
    }));

  it("goes without a picture that does not load, and says so in the report", () =>
    visit(
      address,
      { view: desktop, prepare: (page) => page.route("**/loss_curve.png", (route) => route.abort()) },
      async (page) => {
        const files = await exported(page);
        expect(Object.keys(files).sort()).toEqual(["reconstructions.png", "report.md"]);
        expect(strFromU8(files["report.md"]!)).toContain(
          "*(loss_curve.png is missing: The run's file loss_curve.png did",
        );
        await page.locator("[data-part='told']", { hasText: "The run's file loss_curve.png did not load" }).waitFor();
      },
    ));

  it("can be read without script; its fields say why they do not write", () =>
    visit(address, { view: { ...desktop, javaScriptEnabled: false } }, async (page) => {
      const text = await page.locator("article").innerText();
      expect(text).toContain(run.history.at(-1)!.valLoss!.toFixed(5));
      expect(await field(page, "labels").isDisabled()).toBe(true);
      expect(await state(page, "labels").innerText()).toBe("Writing needs JavaScript.");
      expect(
        await page.locator("img[src$='reconstructions.png']").evaluate((one) => (one as HTMLImageElement).naturalWidth),
      ).toBeGreaterThan(0);
    }));
});

describe.each([address, "/runs"])("%s", (path) => {
  it.each([320, 768, 1440])("fits a width of %i px and does not move while it loads", (width) =>
    visit(path, { view: { width, height: 844, hasTouch: width < 700 } }, async (page) => {
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await layoutShift(page)).toBeLessThan(0.01);
    }),
  );

  it("gives every control under a thumb at least 44 px", () =>
    visit(path, { view: phone }, async (page) => {
      const small = await page
        .locator("main :is(button, summary, input, textarea, nav a, #hand-in ~ * li a, a[download])")
        .evaluateAll((elements) =>
          elements.flatMap((element) => {
            if (!element.checkVisibility()) return [];
            const { width, height } = element.getBoundingClientRect();
            return width >= 44 && height >= 44 ? [] : [`${element.textContent} ${width} × ${height}`];
          }),
        );
      expect(small).toEqual([]);
    }));
});
