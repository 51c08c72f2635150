import {
  arithmeticOf,
  assignmentSpec,
  countValues,
  layerValues,
  mapLayerNamed,
  mapLayersOf,
  valueTerms,
} from "@autoencoder/model";
import { describe, expect, it } from "vitest";
import { codeIcon } from "./code-icon.ts";
import { placeOnSheet, sheetOf, sheetPixels } from "./contact-sheet.ts";
import { kerasCode, shapeRule, tfjsCode } from "./layer-words.ts";
import { layerScale, mapScales, scaled, stripScales } from "./map-scale.ts";
import { fixed, roundingLeft, signed } from "./numbers.ts";
import { averagePixels } from "./pixels.ts";
import { blockPixels, layerMark, stripOf, stripPixels } from "./strip.ts";
import { waterfallOf } from "./waterfall.ts";

/** Geometry and words of the figures that look inside, counted by hand. */

const stages = mapLayersOf(assignmentSpec());

describe("the strip", () => {
  it("is 1,184 × 112 pixels: 924 of maps, the code as 64 bars of 2, eleven gaps of 12", () => {
    const strip = stripOf(stages);
    expect([strip.width, strip.height, strip.values]).toEqual([1184, 112, 98_848]);
    expect(strip.blocks.map(({ stage, width }) => [stage.name, width])).toEqual([
      ["encoder_input", 28],
      ["conv2d", 224],
      ["max_pooling2d", 56],
      ["conv2d_1", 112],
      ["max_pooling2d_1", 28],
      ["latent_vector", 128],
      ["dense", 28],
      ["conv2d_2", 28],
      ["up_sampling2d", 112],
      ["conv2d_3", 56],
      ["up_sampling2d_1", 224],
      ["conv2d_4", 28],
    ]);
  });

  it("gives every number but the code's one pixel of its own", () => {
    const strip = stripOf(stages);
    const pixels = stripPixels(strip, new Float32Array(strip.values), stripScales(stages, new Float32Array(98_848)));
    const painted = pixels.data.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + (alpha ? 1 : 0), 0);
    expect(painted).toBe(98_848 - 64);
  });

  it("puts a value where its map and its position are", () => {
    const strip = stripOf(stages);
    const all = new Float32Array(countValues(stages));
    const conv = mapLayerNamed(stages, "conv2d");
    // Row 3, column 5 of map 6: second column of maps (four a column), third from the top.
    all[conv.offset + (3 * 28 + 5) * 32 + 6] = 2;
    const { data, width } = stripPixels(strip, all, stripScales(stages, all));
    const [x, y] = [28 + 12 + 28 + 5, 2 * 28 + 3];
    expect(data[(y * width + x) * 4]).toBe(255);
    expect(data.filter((grey, at) => at % 4 !== 3 && grey > 0)).toHaveLength(3);
  });

  it("paints a block by itself as it stands on the strip, no higher than its maps", () => {
    const strip = stripOf(stages);
    const all = Float32Array.from({ length: strip.values }, (_, at) => Math.abs(Math.sin(at)));
    const scales = stripScales(stages, all);
    const whole = stripPixels(strip, all, scales);
    for (const block of strip.blocks.filter(({ stage }) => stage.part !== "code")) {
      const scale = scales[block.stage.index];
      if (!scale) throw new Error("expected a scale for each stage");
      const own = blockPixels(block, layerValues(all, block.stage), scale);
      expect([own.width, own.height]).toEqual([block.width, block.stage.shape[2] === 1 ? 28 : 112]);
      const cut = Array.from({ length: own.height }, (_, row) => {
        const from = (row * whole.width + block.x) * 4;
        return [...whole.data.subarray(from, from + block.width * 4)];
      }).flat();
      expect([...own.data]).toEqual(cut);
    }
  });

  it("has a short name for every stage", () => {
    expect(stages.map((stage) => layerMark(stages, stage)).join(" ")).toBe("in c1 p1 c2 p2 64 d c3 u1 c4 u2 c5");
  });

  it("is averaged where numbers share a pixel of the screen, at the edges over what there is", () => {
    const greys = [0, 30, 60, 90, 120, 150, 180, 210, 240, 10, 20, 30];
    const data = new Uint8ClampedArray(greys.flatMap((grey) => [grey, grey, grey, 255]));
    const { width, height, data: means } = averagePixels({ width: 4, height: 3, channels: 4, data }, 2);
    expect([width, height]).toEqual([2, 2]);
    expect([...means]).toEqual(
      [(0 + 30 + 120 + 150) / 4, (60 + 90 + 180 + 210) / 4, (240 + 10) / 2, (20 + 30) / 2].flatMap((mean) => [
        mean,
        mean,
        mean,
        255,
      ]),
    );
  });
});

describe("the icon", () => {
  it("has a tile for each number of the code, the brighter the greater its size", () => {
    const { width, height, data } = codeIcon(Float32Array.from({ length: 64 }, (_, at) => (at === 9 ? -2 : at / 64)));
    expect([width, height]).toEqual([64, 64]);
    const red = (tile: number) => data[((Math.floor(tile / 8) * 8 + 3) * 64 + (tile % 8) * 8 + 5) * 4];
    expect([red(0), red(9), red(32)]).toEqual([20, 233, Math.round(20 + (233 - 20) * 0.25)]);
  });
});

describe("the contact sheet", () => {
  it("has large maps six a row, small ones eight: 64 of them in a square", () => {
    expect(sheetOf([28, 28, 32])).toMatchObject({ columns: 6, rows: 6 });
    expect(sheetOf([14, 14, 64])).toMatchObject({ columns: 8, rows: 8, width: 119, height: 119 });
    expect(sheetOf([7, 7, 64])).toMatchObject({ columns: 8, rows: 8, width: 63, height: 63 });
    expect(sheetOf([28, 28, 1])).toMatchObject({ columns: 1, rows: 1, width: 28, height: 28 });
  });

  it("paints a value where the map's button is", () => {
    const sheet = sheetOf([7, 7, 64]);
    const values = new Float32Array(7 * 7 * 64);
    values[(2 * 7 + 4) * 64 + 17] = 3;
    const { data, width } = sheetPixels(sheet, values, mapScales(values, sheet.shape));
    const lit = Array.from(data.keys()).filter((at) => at % 4 === 0 && (data[at] as number) > 0);
    const { left, top } = placeOnSheet(sheet, 17);
    expect(lit).toEqual([((top * sheet.height + 2) * width + left * sheet.width + 4) * 4]);
  });
});

describe("scales", () => {
  it("go from 0 to the greatest value; pictures from 0 to 1; negative values move black down", () => {
    const values = Float32Array.of(0.5, 2);
    expect(layerScale(mapLayerNamed(stages, "conv2d"), values)).toEqual({ low: 0, high: 2 });
    expect(layerScale(mapLayerNamed(stages, "conv2d_4"), values)).toEqual({ low: 0, high: 1 });
    expect(layerScale(mapLayerNamed(stages, "encoder_input"), values)).toEqual({ low: 0, high: 1 });
    expect(mapScales(Float32Array.of(-1, 2, 3, 4), [1, 2, 2])).toEqual([
      { low: -1, high: 3 },
      { low: 0, high: 4 },
    ]);
    expect([scaled(-1, { low: -1, high: 3 }), scaled(1, { low: -1, high: 3 }), scaled(5, { low: 0, high: 0 })]).toEqual(
      [0, 128, 0],
    );
  });
});

describe("a sum's waterfall", () => {
  const conv = mapLayerNamed(stages, "conv2d_1");
  const all = Float32Array.from({ length: 98_848 }, (_, at) => Math.sin(at));
  const weights = new Map([
    ["conv2d_1/kernel", Float32Array.from({ length: 18_432 }, (_, at) => Math.cos(at * 3))],
    ["conv2d_1/bias", new Float32Array(64).fill(0.25)],
  ]);
  const terms = valueTerms(arithmeticOf(stages, conv, { weights, values: all }), { row: 4, column: 0, channel: 3 });

  it("has the eight largest, the others as one and the bias, each where the one before ended", () => {
    if (terms.kind !== "sum") throw new Error("expected a sum");
    const { steps, sum, low, high } = waterfallOf(terms);
    expect(steps.map(({ kind }) => kind)).toEqual([...Array<string>(8).fill("group"), "others", "bias"]);
    expect(steps[8]?.count).toBe(24);
    const sizes = steps.slice(0, 8).map(({ value }) => Math.abs(value));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    let total = 0;
    for (const { from, value } of steps) {
      expect(from).toBeCloseTo(total, 9);
      total += value;
      expect(total).toBeGreaterThanOrEqual(low - 1e-9);
      expect(total).toBeLessThanOrEqual(high + 1e-9);
    }
    expect(total).toBeCloseTo(sum, 9);
  });

  it("shows all groups where there are few: a lone rest is no rest", () => {
    if (terms.kind !== "sum") throw new Error("expected a sum");
    const few = { ...terms, groups: terms.groups.slice(0, 9) };
    expect(waterfallOf(few).steps.map(({ kind }) => kind)).not.toContain("others");
  });
});

describe("numbers", () => {
  it("have typographic signs and fixed decimals, and no minus before nothing", () => {
    expect([signed(-0.31), signed(1.2, 4), fixed(-1.25, 2), fixed(-0.00001), fixed(0.5)]).toEqual([
      "−0.310",
      "+1.2000",
      "−1.25",
      "0.0000",
      "0.5000",
    ]);
  });

  it("close a displayed sum with what rounding left", () => {
    expect(roundingLeft([0.00006, 0.00006], 0.00012)).toBeCloseTo(-0.0001, 9);
    expect(roundingLeft([0.5, 0.25], 0.75)).toBe(0);
  });
});

describe("a layer in words", () => {
  it("says how its shape comes about, and how Keras and tfjs write it", () => {
    const of = (name: string) => mapLayerNamed(stages, name);
    expect(shapeRule(of("conv2d"))).toBe('padding "same" keeps 28 × 28; 32 filters make 32 maps: 28 × 28 × 32');
    expect(shapeRule(of("conv2d_4"))).toBe('padding "same" keeps 28 × 28; 1 filter makes 1 map: 28 × 28 × 1');
    expect(shapeRule(of("max_pooling2d"))).toBe("28 / 2 = 14, 28 / 2 = 14; the 32 maps stay: 14 × 14 × 32");
    expect(shapeRule(of("up_sampling2d"))).toBe("7 · 2 = 14, 7 · 2 = 14; the 64 maps stay: 14 × 14 × 64");
    expect(shapeRule(of("dense"))).toBe("3,136 units, laid out as 7 × 7 × 64");
    expect(kerasCode(of("conv2d_4").spec)).toBe('layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same")');
    expect(kerasCode(of("latent_vector").spec)).toBe('layers.Dense(64, name="latent_vector")');
    expect(tfjsCode(of("max_pooling2d").spec)).toBe('tf.layers.maxPooling2d({ poolSize: [2, 2], padding: "valid" })');
  });
});
