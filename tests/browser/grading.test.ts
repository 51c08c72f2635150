import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun, type Run } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { trainingImages } from "../fixtures/run-draft.ts";
import { desktop, phone, siteUrl } from "./browser.ts";
import { numbersIn } from "./chapter-page.ts";
import { grading, line, look } from "./grading-page.ts";

const artifacts = join(import.meta.dirname, "../../artifacts");
const run: Run = parseRun(readFileSync(join(artifacts, "assignment/run.json"), "utf8"));

const marks = (page: Page, id: string) => page.locator(`[data-check=${id}]`).getAttribute("data-marks");

describe("the committed healthy run", () => {
  it("shows an interval over the first 500 images, and leaves open what it does not clear", async () => {
    await grading(async (page) => {
      await look(page);
      const [, mean, half] = /MSE ([\d.]+) ± ([\d.]+) \(500 of 6,000\) < 0.00525/
        .exec(await line(page, "B1"))!
        .map(Number);
      // By the trainer's own errors of the test images, a class of pictures like these.
      expect(half! / mean!).toBeGreaterThan(0.02);
      expect(half! / mean!).toBeLessThan(0.1);
      expect(await marks(page, "B1")).toBe("1");
      expect(await marks(page, "B2")).toBe("0 to 0.5");
      expect(await page.locator("[data-check=B2] [data-part=reason]").innerText()).toContain("Open: all images decide");
      const total = await page.locator("[data-part=total]").innerText();
      expect(total).toMatch(/ to 8$/);
      await page.getByRole("button", { name: "Check all" }).click();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.locator("[data-phase=looked]").waitFor();
      expect(await marks(page, "B1")).toBe("1");
    });
  });
});

describe("what a person adds", () => {
  it("estimates before the marks, and then sees both", async () => {
    await grading(async (page) => {
      expect(await page.locator("[data-part=total]").innerText()).toBe("–");
      await page.locator("[data-check=B1]").getByLabel("and ½ more").check();
      await page.locator("[data-check=A2]").getByLabel("I expect ½").check();
      await expect
        .poll(async () => numbersIn(await page.locator("[data-part=estimate]").innerText()))
        .toEqual([1.5, 8]);
      await look(page);
      expect(await page.locator("[data-part=estimate]").innerText()).toMatch(
        /^Your estimate 1.5, computed [\d.]+( to 8)? of 8\.$/,
      );
      expect(await page.locator("[data-check=B1]").innerText()).toContain("Your estimate: 1");
    });
  });

  it("ticks and overrides, which count, survive a reload and are printed with their reason; nothing is sent", async () => {
    await grading(async (page) => {
      const sent: string[] = [];
      page.on("request", (request) => {
        if (request.method() !== "GET" || request.url().includes("borrowed")) sent.push(request.url());
      });
      await page.locator("[data-check=D1]").getByRole("checkbox").check();
      await page.locator("[data-check=D2]").getByRole("checkbox").check();
      const a4 = page.locator("[data-check=A4]");
      await a4.getByText("Override", { exact: true }).click();
      await a4.getByLabel("Reason").fill("The summary was borrowed.");
      await page.reload();
      await expect.poll(() => page.locator("[data-row='4'] [data-part=own]").innerText()).toBe("1");
      expect(await page.locator("[data-check=D2]").getByRole("checkbox").isChecked()).toBe(true);
      await look(page);
      expect(await marks(page, "A4")).toBe("0");
      expect(await a4.locator("[data-part=override]").innerText()).toBe(
        "Override by a person: 0 of 0.5, not 0.5. The summary was borrowed.",
      );
      await page.emulateMedia({ media: "print" });
      expect(await a4.locator("[data-part=override]").isVisible()).toBe(true);
      expect(await page.locator("[data-check=D1]").getByRole("checkbox").isVisible()).toBe(true);
      expect(await page.locator("[data-part=printed]").isVisible()).toBe(true);
      for (const part of ["[data-part=progress]", "form", "textarea"]) {
        expect(await page.locator(part).first().isVisible(), part).toBe(false);
      }
      expect((await page.pdf()).length).toBeGreaterThan(10_000);
      expect(sent).toEqual([]);
      // Another run has a checklist of its own.
      await page.goto("/grading?run=assignment-literal");
      expect(await page.locator("[data-row='4'] [data-part=own]").innerText()).toBe("0");
    });
  });

  it("an override without a reason does not count", async () => {
    await grading(async (page) => {
      const c1 = page.locator("[data-check=C1]");
      await c1.getByText("Override", { exact: true }).click();
      await c1.getByLabel("Marks for C1").selectOption("0.5");
      expect(await c1.locator("[data-part=override]").count()).toBe(0);
      await c1.locator("[data-part=reason-wanted]").waitFor();
      await c1.getByRole("button", { name: "Take it back" }).click();
      expect(await c1.getByRole("button", { name: "Take it back" }).isDisabled()).toBe(true);
    });
  });
});

describe("the page", () => {
  it("lets choose a run, and says why one cannot be graded", async () => {
    await grading(async (page) => {
      await page.locator("select[name=run]").selectOption("assignment-literal");
      await page.getByRole("button", { name: "Show its checklist" }).click();
      await page.waitForURL(/run=assignment-literal/);
      await page.getByText("assignment-literal", { exact: true }).first().waitFor();
    });
    const answer = await fetch(`${siteUrl()}/grading?run=no-such-run`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/<h1[^>]*>This run cannot be graded<[\s\S]*there is no run/);
  });

  it("gets the training file's pictures by number, whatever a run's split is", async () => {
    const { sha256 } = run.dataset.files.find(({ name }) => name === "train-images-idx3-ubyte")!;
    const answer = await fetch(`${siteUrl()}/data/${sha256}/train/36000-36002`);
    const bytes = trainingImages.pixels.subarray(36_000 * 784, 36_002 * 784);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(`${siteUrl()}/data/${sha256}/train/59999-60001`)).status).toBe(400);
  });

  it("shows the calibration, computed", async () => {
    await grading(async (page) => {
      await page.locator("[data-part=calibration] > summary").click();
      const rows = page.locator("[data-part=calibration] tbody tr");
      expect(await rows.count()).toBe(14);
      expect(await rows.nth(4).locator("td").allInnerTexts()).toEqual([
        "2",
        "1",
        "0.5",
        "3.5",
        "B1, B2 gated by B1, B5 gated by B1, C2, C3, C4 gated by C2",
      ]);
    });
  });

  it("without script shows what the record shows", async () => {
    await grading(
      async (page) => {
        expect(await page.locator("[data-recorded=B3]").innerText()).toContain(
          "20 epochs ≥ 20, all finite → 0.5 of 0.5",
        );
        expect(await page.locator("[data-recorded=C2]").innerText()).toContain("0 to 1 of 1");
        expect(await page.locator("[data-check]").count()).toBe(17);
      },
      { ...desktop, javaScriptEnabled: false },
    );
  });

  it("fits every width, before and after the marks are shown", async () => {
    const fits = async (page: Page, width: number) => {
      await page.setViewportSize({ width, height: 900 });
      const [scroll, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(scroll, `at ${width} px`).toBe(inner);
    };
    await grading(async (page) => {
      const widths = [320, 390, 768, 1440];
      for (const width of widths) await fits(page, width);
      await look(page);
      for (const width of widths) await fits(page, width);
    });
  });

  it("gives every control under a thumb at least 44 px", async () => {
    await grading(async (page) => {
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
      });
      const small = await page
        .locator("main button, main summary, main select, main textarea, main label:has([type='checkbox'])")
        .evaluateAll((elements) =>
          elements.flatMap((element) => {
            const { width, height } = element.getBoundingClientRect();
            return width >= 43.9 && height >= 43.9 ? [] : [`${element.textContent} ${width} × ${height}`];
          }),
        );
      expect(small).toEqual([]);
    }, phone);
  });
});
