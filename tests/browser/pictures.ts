import type { Locator } from "playwright-core";

/** The greys of a picture of 28 × 28, a canvas or an image, 0 to 255. */
export function greysOf(picture: Locator): Promise<number[]> {
  return picture.evaluate((element) => {
    const drawn = element as HTMLCanvasElement | HTMLImageElement;
    const canvas = drawn instanceof HTMLImageElement ? document.createElement("canvas") : drawn;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    if (canvas !== drawn) context.drawImage(drawn, 0, 0);
    return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0);
  });
}

/** How far a picture is at most from values in [0, 1], in grey levels. */
export async function levelsApart(canvas: Locator, values: ArrayLike<number>): Promise<number> {
  const greys = await greysOf(canvas);
  return Math.max(...greys.map((grey, at) => Math.abs(grey - 255 * (values[at] as number))));
}
