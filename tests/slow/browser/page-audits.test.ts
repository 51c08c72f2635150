import { describe, expect, it } from "vitest";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { desktop, phone, visit } from "../../browser/browser.ts";
import { auditGrading } from "../../browser/grading-page.ts";
import { auditViewer, wide } from "../../browser/viewer-page.ts";

/** What axe says of every page that is no chapter, in both themes, at a desk and on a phone. */

const pages = [
  "/",
  "/train",
  "/stuck",
  "/runs",
  "/runs/assignment/report",
  "/program",
  "/run",
  "/teach",
  "/teach/questions",
  "/teach/questions?answers=1",
];

describe.each([desktop, phone])("on %o", (view) => {
  it.each(pages)("%s has no violations, with everything unfolded", (path) =>
    visit(path, { view }, async (page) => {
      expect(await violationsInBothThemes(page)).toEqual([]);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
      });
      expect(await violationsInBothThemes(page)).toEqual([]);
    }),
  );

  it("the checklist has none before and after its marks", () => auditGrading(view));
});

it.each([wide, phone])("the viewer has none with everything unfolded, on %o", (view) => auditViewer(view));
