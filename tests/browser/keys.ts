import type { Page } from "playwright-core";

/** The element that has the focus, as it is called. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    if (element === document.body) return "the page itself";
    return (element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();
  });
}

/**
 * Presses Tab until something of this name has the focus, and sees that everything on the way shows it.
 * @throws Error with all names on the way when it is not reached
 */
export async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < most; stop++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    passed.push(at.slice(0, 40));
    const seen = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && width > 0 && height > 0;
    });
    if (!seen) throw new Error(`expected the focus to be seen but not on “${at}”, after ${passed.join(" | ")}`);
    if (name.test(at)) return;
  }
  throw new Error(`expected Tab to reach ${name} but it passed ${passed.join(" | ")}`);
}
