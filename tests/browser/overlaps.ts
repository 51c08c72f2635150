import type { Page } from "playwright-core";

/** Pieces of text that lie on one another, as a reader would see them: clipped by what scrolls, header aside. */
export function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Piece {
      text: string;
      parent: Element;
      left: number;
      top: number;
      right: number;
      bottom: number;
    }
    const clip = (element: Element, piece: Piece): void => {
      for (let around: Element | null = element; around; around = around.parentElement) {
        const { overflow, clipPath } = getComputedStyle(around);
        if (clipPath !== "none") piece.right = piece.left; // for screen readers alone
        if (overflow === "visible") continue;
        const { left, top, right, bottom } = around.getBoundingClientRect();
        piece.left = Math.max(piece.left, left);
        piece.top = Math.max(piece.top, top);
        piece.right = Math.min(piece.right, right);
        piece.bottom = Math.min(piece.bottom, bottom);
      }
    };
    const piecesOf = (node: Node): Piece[] => {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (!parent || text === "" || parent.closest("svg, math, header, .visually-hidden, .skip")) return [];
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map(({ left, top, right, bottom }) => {
        const slack = (bottom - top) / 4; // lines stand closer than their letters' boxes
        const piece = { text, parent, left: left + 1, top: top + slack, right: right - 1, bottom: bottom - slack };
        clip(parent, piece);
        return piece;
      });
    };
    const layers = "section[data-stop]"; // the viewer's sheet lies over the page on purpose
    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) pieces.push(...piecesOf(walker.currentNode));
    const seen = pieces.filter(({ left, right, top, bottom }) => right > left && bottom > top);
    seen.sort((a, b) => a.top - b.top);
    const found: string[] = [];
    for (const [at, a] of seen.entries()) {
      for (let next = at + 1; next < seen.length && (seen[next] as Piece).top < a.bottom; next++) {
        const b = seen[next] as Piece;
        const apart = a.parent === b.parent || a.parent.closest(layers) !== b.parent.closest(layers);
        if (!apart && a.left < b.right && b.left < a.right)
          found.push(`"${a.text.slice(0, 40)}" on "${b.text.slice(0, 40)}"`);
      }
    }
    return found;
  });
}

/** What stands out of the page to the right: each element that is seen and that no scrolling part holds. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const held = (element: Element): boolean => {
      const parent = element.parentElement;
      return parent !== null && (getComputedStyle(parent).overflowX !== "visible" || held(parent));
    };
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .filter((element) => element.checkVisibility() && !held(element))
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}: ${Math.round(element.getBoundingClientRect().right)} px`,
      )
      .slice(0, 12);
  });
}
