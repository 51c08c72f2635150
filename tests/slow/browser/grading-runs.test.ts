import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { desktop, openPage } from "../../browser/browser.ts";
import { look } from "../../browser/grading-page.ts";
import { serveSite } from "../../browser/serve.ts";
import { spoilRuns } from "../../fixtures/spoil.ts";

/** What a run gets once nothing is open: marks of the first three rows, and the checks that lost some. */
async function graded(
  url: string,
): Promise<{ rows: number[]; lost: string[]; page: Page; close: () => Promise<void> }> {
  const { page, close } = await openPage(desktop, "fresh");
  await page.goto(url);
  await look(page);
  const open = "[data-check][data-marks*=' to ']";
  if ((await page.locator(open).count()) > 0) {
    await page.getByRole("button", { name: "Check all" }).click();
    await page.waitForFunction((left) => !document.querySelector(left), open, { timeout: 180_000 });
  }
  const cells = await page.locator("[data-row] [data-part=own]").allInnerTexts();
  const lost = await page
    .locator("[data-check]:has([data-part=reason])")
    .evaluateAll((all) =>
      all.map((check) => `${check.getAttribute("data-check")} ${check.getAttribute("data-marks")}`),
    );
  return { rows: cells.slice(0, 3).map(Number), lost, page, close };
}

/** By run: marks of three rows, and which checks lost theirs. The folders are made by tests/fixtures/spoil.ts. */
const expected: readonly [string, number, number, number, string][] = [
  ["assignment", 2, 3, 3, ""],
  ["example", 2, 3, 3, ""],
  ["short", 2, 2.5, 2.5, "B1 0.5, C2 0.5"],
  ["twelve-epochs", 2, 2.5, 3, "B3 0"],
  ["assignment-literal", 2, 1, 0.5, "B1 0, B2 0, B5 0, C2 0, C3 0, C4 0"],
  ["untrained", 2, 0, 0.5, "B1 0, B2 0, B3 0, B4 0, B5 0, C2 0, C3 0, C4 0"],
  ["code-of-32", 1, 3, 3, "A2 0, A3 0"],
  ["relu-code", 1.5, 3, 3, "A2 0"],
  ["short-decoder", 1, 3, 3, "A2 0, A3 0"],
  ["mixed", 2, 1, 0, "B1 0, B2 0, B5 0, C1 0, C2 0, C3 0, C4 0"],
  ["edited", 2, 2.5, 3, "B2 0"],
  ["no-plot", 2, 2.5, 3, "B4 0"],
  ["altered-picture", 2, 3, 2.5, "C1 0"],
  ["assignment-bce", 2, 3, 3, ""],
  ["assignment-128", 1, 3, 3, "A2 0, A3 0"],
  ["forged-picture", 2, 3, 2.5, "C1 0"],
  ["invented", 2, 3, 3, ""],
  ["no-weights", 0.5, 1, 0, "A1 0, A3 0, A4 0, B1 0, B2 0, B5 0, C1 0, C2 0, C3 0, C4 0"],
];

describe("real runs, healthy and spoiled", () => {
  let folder: string;
  let site: { url: string; stop: () => void };
  const found = new Map<string, { rows: number[]; lost: string[]; chapters: string[]; told: string }>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "spoiled-"));
    await spoilRuns(folder);
    site = await serveSite({ RUNS_DIR: folder });
    const waiting = expected.map(([name]) => name);
    const lane = async () => {
      for (let name = waiting.shift(); name; name = waiting.shift()) {
        const { rows, lost, page, close } = await graded(`${site.url}/grading?run=${name}`);
        const chapters = await page
          .locator("[data-part=reason] a")
          .evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
        found.set(name, {
          rows,
          lost,
          chapters,
          told: (await page.locator("[data-part=reason]").allInnerTexts()).join("\n"),
        });
        await close();
      }
    };
    await Promise.all([lane(), lane()]); // two browsers' worth of work for two cores
  }, 400_000);
  afterAll(() => {
    site?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(expected)(
    "%s gets %f, %f and %f, and loses only what its fault names",
    (name, first, second, third, lost) => {
      const { rows, lost: got } = found.get(name)!;
      expect({ rows, lost: got.join(", ") }).toEqual({ rows: [first, second, third], lost });
    },
  );

  it("name the chapter that explains each lost half mark", () => {
    for (const [name, { lost, chapters }] of found) expect(chapters, name).toHaveLength(lost.length);
    expect(new Set(found.get("assignment-literal")!.chapters)).toEqual(new Set(["/chapters/when-it-prints-black"]));
    expect(found.get("code-of-32")!.chapters).toEqual(["/chapters/the-whole-network", "/chapters/counting"]);
  });

  it("say what is wrong", () => {
    const told = (name: string) => found.get(name)!.told;
    expect(told("code-of-32")).toContain("Dense(32, linear) instead of Dense(64, linear)");
    expect(told("relu-code")).toContain("Dense(64, relu) instead of Dense(64, linear)");
    expect(told("short-decoder")).toContain("Conv2D(64, 3×3, same, relu) is missing");
    expect(told("no-weights")).toContain("page/encoder/weights.bin of the run");
    expect(told("edited")).toContain("the history is not of these weights");
    expect(told("no-plot")).toContain("loss_curve.png of the run");
    expect(told("altered-picture")).toContain("expected SHA-256");
    expect(told("forged-picture")).toContain("not what the weights give");
    expect(told("twelve-epochs")).toContain("8 epochs too few");
  });
});
