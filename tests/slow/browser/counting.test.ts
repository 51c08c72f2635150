import { assignmentSpec } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { phone } from "../../browser/browser.ts";
import { chapter, numbersIn, questionOf, showAnswer } from "../../browser/chapter-page.ts";

/** Chapter 5's two bars against the counts of the network by hand, and the gate before the second. */

const figureOf = (page: Page) => page.getByTestId("stored-and-done");

/** Kernels, biases and products of the assignment's network, written out from its shapes. */
function countsOf([filters, kernel, latent, input]: readonly [number, number, number, number]) {
  const [first, second, small] = [filters, 2 * filters, input / 4];
  const block = small * small * second;
  const convolutions = [
    [1, first, input],
    [first, second, input / 2],
    [second, second, small],
    [second, first, input / 2],
    [first, 1, input],
  ] as const;
  const [weights, biases, products] = convolutions.reduce(
    ([weights, biases, products], [from, to, side]) => {
      const own = kernel * kernel * from * to;
      return [weights + own, biases + to, products + own * side * side];
    },
    [0, 0, 0],
  );
  const dense = 2 * block * latent;
  return { parameters: weights + biases + dense + latent + block, work: products + dense, dense };
}

describe("stored and done", () => {
  it("withholds the second bar until the guess", () =>
    chapter("counting", async (page) => {
      const figure = figureOf(page);
      expect(await figure.getAttribute("data-withheld")).toBe("true");
      expect(await figure.locator("[data-part='dense']").isVisible()).toBe(false);
      await showAnswer(questionOf(page, "counting-dense"));
      await figure.locator("[data-part='dense']").waitFor();
      const [stored, done] = numbersIn(await figure.locator("[data-part='dense']").innerText());
      const { parameters, work, dense } = countsOf([32, 3, 64, 28]);
      expect([parameters, work]).toEqual([479_105, 9_884_672]);
      expect(stored).toBeCloseTo((100 * (dense + 64 + 3136)) / parameters, 1);
      expect(done).toBeCloseTo((100 * dense) / work, 1);
    }));

  it.each([
    ["filters=64", [64, 3, 64, 28]],
    ["kernel=5", [32, 5, 64, 28]],
    ["latent=128", [32, 3, 128, 28]],
    ["input=56", [32, 3, 64, 56]],
  ] as const)("counts again for %s, and goes back", (asked, sizes) =>
    chapter(`counting?${asked}`, async (page) => {
      const figure = figureOf(page);
      await showAnswer(questionOf(page, "counting-dense"));
      const counted = async (part: string) => numbersIn(await figure.locator(`[data-part='${part}']`).innerText());
      const [now, then] = [countsOf(sizes), countsOf([32, 3, 64, 28])];
      await expect.poll(async () => (await counted("parameters"))[0]).toBe(now.parameters);
      expect((await counted("parameters"))[1]).toBeCloseTo(now.parameters / then.parameters, 2);
      const [work, ratio] = await counted("multiply-adds");
      expect(work).toBe(now.work);
      expect(ratio).toBeCloseTo(now.work / then.work, 2);
      await figure.getByRole("button", { name: "reset" }).click();
      await expect.poll(async () => (await counted("parameters"))[0]).toBe(then.parameters);
    }),
  );

  it.each([320, 390, 768])("lays no name of a layer on another at %i px", (width) =>
    chapter(
      "counting",
      async (page) => {
        await showAnswer(questionOf(page, "counting-dense"));
        await figureOf(page).locator("[data-part='dense']").waitFor();
        const names = await figureOf(page)
          .locator("p[aria-hidden] > span")
          .evaluateAll((all) =>
            all.map((name) => ({ text: name.textContent, box: name.getBoundingClientRect().toJSON() })),
          );
        expect(names.length).toBeGreaterThan(3);
        const line = names[0]?.box.height as number; // lines stand closer than their letters' boxes
        const laid = names.flatMap((one, at) =>
          names
            .slice(at + 1)
            .filter(
              ({ box }) =>
                box.left < one.box.right &&
                one.box.left < box.right &&
                box.top < one.box.bottom - line / 4 &&
                one.box.top < box.bottom - line / 4,
            )
            .map((other) => `${one.text} on ${other.text}`),
        );
        expect(laid).toEqual([]);
      },
      { ...phone, width },
    ),
  );

  it("tells a layer's numbers by a tap, whose sums are the whole", () =>
    chapter(
      "counting",
      async (page) => {
        const figure = figureOf(page);
        await showAnswer(questionOf(page, "counting-dense"));
        const layers = assignmentSpec();
        const names = [...layers.encoder.layers, ...layers.decoder.layers]
          .filter(({ className }) => className === "Conv2D" || className === "Dense")
          .map(({ name }) => name);
        let [stored, done] = [0, 0];
        for (const name of names) {
          await figure.getByRole("button", { name, exact: true }).click();
          const told = await figure.locator("[data-part='layer']", { hasText: `${name}:` }).innerText();
          stored += numbersIn(/: ([\d,]+) parameters/.exec(told)?.[1] ?? "")[0] as number;
          done += numbersIn(/, ([\d,]+) multiply-adds/.exec(told)?.[1] ?? "")[0] as number;
        }
        expect([stored, done]).toEqual([479_105, 9_884_672]);
      },
      phone,
    ));
});
