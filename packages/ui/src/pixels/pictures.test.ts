import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { codeBarAt, codeBars, codeBarsPath } from "../charts/code-bars.ts";
import { digitError, signedDifference } from "./digit-error.ts";
import { greyPixels, signedColours, signedPixels, toRgba } from "./pixels.ts";
import { encodePng } from "./png.ts";

describe("digitError", () => {
  it("counts one wholly wrong pixel as one pixel's worth", () => {
    const original = new Float32Array(784);
    const rebuilt = original.slice();
    rebuilt[400] = 1;
    const { mse, pixelsWorth, psnr } = digitError(original, rebuilt);
    expect(pixelsWorth).toBe(1);
    expect(mse).toBeCloseTo(1 / 784, 12);
    expect(psnr).toBeCloseTo(28.943, 3); // 10 log10(784)
  });

  it.each([
    [0.0022, 1.7, 26.6],
    [0.0052, 4.1, 22.8],
    [0.067, 52.5, 11.7],
    [0.112, 87.8, 9.5],
  ])("turns an MSE of %d into %d pixels' worth and %d dB", (mse, worth, decibels) => {
    const original = new Float32Array(784);
    const error = digitError(
      original,
      original.map(() => Math.sqrt(mse)),
    );
    expect(error.pixelsWorth).toBeCloseTo(worth, 1);
    expect(error.psnr).toBeCloseTo(decibels, 1);
  });
});

describe("signedDifference", () => {
  it("is rebuilt minus original, with the greatest size of both signs", () => {
    const { difference, greatest } = signedDifference([0, 0.5, 1], [0.25, 0.5, 0.25]);
    expect([...difference]).toEqual([0.25, 0, -0.75]);
    expect(greatest).toBe(0.75);
  });
});

describe("signedPixels", () => {
  it("is teal above zero, vermilion below, clear at zero, full at the range", () => {
    const { data } = signedPixels([1, -1, 0, 0.5], 2, 1);
    expect([...data.slice(0, 4)]).toEqual([...signedColours.positive, 255]);
    expect([...data.slice(4, 8)]).toEqual([...signedColours.negative, 255]);
    expect(data[11]).toBe(0);
    expect(data[15]).toBe(128);
  });

  it("is clear everywhere when nothing differs", () => {
    expect(
      signedPixels([0, 0], 2, 0)
        .data.filter((_, index) => index % 4 === 3)
        .every((alpha) => alpha === 0),
    ).toBe(true);
  });
});

describe("encodePng", () => {
  it("writes a picture that Node's own zlib unpacks to the same pixels", () => {
    const pixels = greyPixels(
      Float32Array.from({ length: 784 }, (_, index) => (index % 256) / 255),
      28,
    );
    const png = Buffer.from(encodePng(pixels));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const start = png.indexOf("IDAT");
    const raw = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
    expect(raw).toHaveLength(28 * 29);
    expect([...raw.subarray(29 * 3 + 1, 29 * 4)]).toEqual([...pixels.data.subarray(28 * 3, 28 * 4)]);
  });

  it("ends with the checksum that every empty IEND chunk has", () => {
    expect(Buffer.from(encodePng(greyPixels([0, 1], 2)).slice(-4)).toString("hex")).toBe("ae426082");
  });
});

describe("greyPixels", () => {
  it("draws bytes as they are, and numbers from 0 to 1 as the nearest of 256 greys", () => {
    const { width, height, channels, data } = greyPixels(Uint8Array.of(0, 1, 254, 255));
    expect([width, height, channels, ...data]).toEqual([2, 2, 1, 0, 1, 254, 255]);
    expect([...greyPixels([0, 0.5, 0.2, 1]).data]).toEqual([0, 128, 51, 255]);
  });
});

describe("toRgba", () => {
  it("repeats grey in three channels and leaves colours alone", () => {
    expect([...toRgba(greyPixels([0, 1], 2))]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    const coloured = signedPixels([1], 1, 1);
    expect([...toRgba(coloured)]).toEqual([...coloured.data]);
  });
});

describe("codeBars", () => {
  const layout = { width: 40, height: 20, gap: 2 };

  it("points up for positive values and down for negative ones, on one scale", () => {
    const bars = codeBars([2, -1, 0, -4], layout);
    expect(bars.map(({ y, height }) => [y, height])).toEqual([
      [5, 5],
      [10, 2.5],
      [10, 0],
      [10, 10],
    ]);
    expect(bars.map(({ x, width }) => [x, width])).toEqual([
      [0, 8],
      [10, 8],
      [20, 8],
      [30, 8],
    ]);
  });

  it("draws a code of zeros as nothing rather than as NaN", () => {
    expect(codeBarsPath([0, 0], layout)).not.toMatch(/NaN/);
  });

  it("finds the bar under a point, at the edges too", () => {
    expect([-5, 0, 9.9, 10, 39.9, 40, 99].map((x) => codeBarAt(x, 40, 4))).toEqual([0, 0, 0, 1, 3, 3, 3]);
  });
});
