import {
  arithmeticOf,
  assignmentSpec,
  mapLayerNamed,
  mapLayersOf,
  type TermGroup,
  valueTerms,
} from "@autoencoder/model";
import { describe, expect, it } from "vitest";
import { kerasCode, shapeRule, tfjsCode } from "./layer-code.ts";
import { groupName, mapName, placeText } from "./names.ts";
import { waterfallOf } from "./waterfall.ts";

const layers = mapLayersOf(assignmentSpec());

describe("a sum's waterfall", () => {
  const conv = mapLayerNamed(layers, "conv2d_1");
  const all = Float32Array.from({ length: 98_848 }, (_, at) => Math.sin(at));
  const weights = new Map([
    ["conv2d_1/kernel", Float32Array.from({ length: 18_432 }, (_, at) => Math.cos(at * 3))],
    ["conv2d_1/bias", new Float32Array(64).fill(0.25)],
  ]);
  const terms = valueTerms(arithmeticOf(layers, conv, { weights, values: all }), { row: 4, column: 0, channel: 3 });

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

describe("a layer in words", () => {
  it("says how its shape comes about, and how Keras and tfjs write it", () => {
    const of = (name: string) => mapLayerNamed(layers, name);
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

describe("the names of maps, values and places", () => {
  const of = (name: string) => mapLayerNamed(layers, name);
  it("count everything from 0", () => {
    expect([mapName(of("conv2d_1"), 17), mapName(of("latent_vector"), 17)]).toEqual(["map 17", "value 17"]);
    expect(placeText(of("conv2d_1"), { row: 5, column: 9, channel: 17 })).toBe("conv2d_1 · map 17 · row 5, col 9");
    expect(placeText(of("latent_vector"), { row: 0, column: 0, channel: 17 })).toBe("latent_vector · value 17");
    expect(placeText(of("conv2d_4"), { row: 5, column: 9, channel: 0 })).toBe("conv2d_4 · row 5, col 9");
  });

  it("tell what a part of a sum is read from", () => {
    const group = { channel: 8, row: 3, column: 4 } as TermGroup;
    expect((["channel", "value", "position"] as const).map((by) => groupName(group, by))).toEqual([
      "map 8",
      "value 8",
      "row 3, col 4",
    ]);
  });
});
