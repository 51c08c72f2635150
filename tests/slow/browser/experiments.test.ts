import { beforeAll, describe, expect, it } from "vitest";
import { answer, chapter } from "../../browser/chapter-page.ts";
import { samples, testImages } from "../../browser/home-page.ts";
import { pixelsOf, rebuild, start } from "../../browser/tfjs-reference.ts";

beforeAll(start);
/** The test images without their header; a plain constant, since the loops below read it a billion times. */
const bytes = Uint8Array.from(testImages.subarray(16));

describe("reconstructions", () => {
  it(
    "counts the originals that are found again, and the cost of a shifted input",
    () =>
      chapter("reconstructions", async (page) => {
        const norms = Array.from({ length: 10_000 }, (_, image) => {
          let sum = 0;
          for (let pixel = 0; pixel < 784; pixel++) sum += (bytes[image * 784 + pixel] as number) ** 2;
          return sum;
        });
        const found = samples.indices.filter((index, sample) => {
          const rebuilt = samples.reconstructions.slice(sample * 784, (sample + 1) * 784).map((value) => value * 255);
          // |a − b|² = |a|² + |b|² − 2ab: the nearest has the least |a|² − 2ab.
          const scores = norms.map((norm, image) => {
            let product = 0;
            for (let pixel = 0; pixel < 784; pixel++) {
              product += (bytes[image * 784 + pixel] as number) * (rebuilt[pixel] as number);
            }
            return norm - 2 * product;
          });
          return scores.every((score, image) => image === index || score >= (scores[index] as number));
        });
        const { told } = await answer(page, "rebuilt-found");
        expect(told.slice(0, 2)).toEqual([found.length, 100]);
        const chosen = Array.from({ length: 10 }, (_, label) => 10 * label);
        const errorOf = (pixels: Float32Array) => {
          const output = rebuild(pixels);
          return pixels.reduce((sum, value, pixel) => sum + (value - (output[pixel] as number)) ** 2, 0) / 784;
        };
        const moved = chosen.map((sample) => {
          const pixels = pixelsOf(sample);
          return errorOf(Float32Array.from(pixels, (_, pixel) => (pixel % 28 < 4 ? 0 : (pixels[pixel - 4] as number))));
        });
        const mean = moved.reduce((sum, value) => sum + value, 0) / moved.length;
        const shift = await answer(page, "rebuilt-shift");
        expect(Math.abs((shift.told[1] as number) - mean)).toBeLessThan(1e-4);
      }),
    180_000,
  );
});
