import { describe, expect, it } from "vitest";
import { chapters } from "../../../apps/web/content/chapters.ts";
import { sources } from "../../../apps/web/content/sources.ts";
import { desktop, visit } from "../../browser/browser.ts";

const wide = { ...desktop, width: 1440 };

describe("sources", () => {
  it("stand beside their paragraph at 1440 px and below it at 390 px, over nothing else", async () => {
    const cited = chapters
      .map(({ slug }) => slug)
      .filter((slug) => !["what-would-improve-it", "hand-it-in"].includes(slug));
    const seen = new Set<string>();
    const known = new Set(Object.values(sources).map(({ href }) => href as string));
    for (const slug of cited) {
      await visit(`/chapters/${slug}`, { view: wide }, async (page) => {
        for (const width of [1440, 390]) {
          await page.setViewportSize({ ...wide, width });
          const notes = await page.locator("[data-testid='source']").evaluateAll((all) =>
            all.map((note) => {
              for (const fold of document.querySelectorAll<HTMLDetailsElement>("details[data-part='deeper']"))
                fold.open = true;
              const box = note.getBoundingClientRect();
              const others = [...document.querySelectorAll(".prose > *")].filter((element) => !element.contains(note));
              const hit = others.find((element) => {
                const { left, right, top, bottom } = element.getBoundingClientRect();
                return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
              });
              return {
                href: note.querySelector("a")?.href ?? "",
                left: box.left,
                right: box.right,
                hit: hit?.outerHTML,
              };
            }),
          );
          expect(notes.length, slug).toBeGreaterThan(0);
          for (const { href, left, right, hit } of notes) {
            expect(known, slug).toContain(href);
            seen.add(href);
            expect(hit).toBeUndefined();
            expect(right).toBeLessThanOrEqual(width);
            if (width === 1440) expect(left).toBeGreaterThan(1056); // right of the reading column
          }
        }
      });
    }
    expect(seen).toEqual(known); // nothing is listed that is not cited
  });
});
