import { describe, expect, it } from "vitest";
import { baselines, principalBasis, principalError } from "./baselines.ts";

/** 200 pictures of 12 pixels that mix two patterns around a grey: two components hold all of them, up to rounding. */
const size = 12;
const pictures = Uint8Array.from({ length: 200 * size }, (_, at) => {
  const [picture, pixel] = [Math.floor(at / size), at % size];
  const [a, b] = [Math.sin(picture * 1.7), Math.cos(picture * 0.9)];
  return 128 + 60 * a * Math.sin(pixel) + 50 * b * (pixel % 2 ? 1 : -1);
});
const meanSquare = (of: (value: number, pixel: number) => number) =>
  pictures.reduce((sum, value, at) => sum + of(value / 255, at % size) ** 2, 0) / pictures.length;
const means = Array.from({ length: size }, (_, pixel) => {
  let sum = 0;
  for (let at = pixel; at < pictures.length; at += size) sum += pictures[at]! / 255;
  return sum / 200;
});

describe("principal components", () => {
  it("of no length leave the error of the mean picture", () => {
    const expected = meanSquare((value, pixel) => value - means[pixel]!);
    expect(principalError(pictures, principalBasis(pictures, size, 0))).toBeCloseTo(expected, 12);
  });

  it("rebuild pictures of two patterns from two numbers, within the rounding of bytes", () => {
    const error = (components: number) => principalError(pictures, principalBasis(pictures, size, components));
    expect(error(1)).toBeGreaterThan(1e-3);
    expect(error(2)).toBeLessThan((1 / 255) ** 2);
    expect(error(size)).toBeLessThan(1e-20);
  });
});

it("baselines are the black picture, the mean picture and PCA, measured on the validation pictures", () => {
  const found = baselines({ train: pictures, validation: pictures, size, components: 2 });
  expect(found.black).toBeCloseTo(
    meanSquare((value) => value),
    12,
  );
  expect(found.meanImage).toBeCloseTo(
    meanSquare((value, pixel) => value - means[pixel]!),
    12,
  );
  expect(found.pca).toBe(principalError(pictures, principalBasis(pictures, size, 2)));
});
