import { assignmentSpec, countValues, layerValues, mapLayerNamed, mapLayersOf } from "@autoencoder/model";
import { describe, expect, it } from "vitest";
import { codeIcon } from "./code-icon.ts";
import { placeOnSheet, sheetOf, sheetPixels } from "./contact-sheet.ts";
import { layerScale, mapScales, scaled, stripScales } from "./map-scale.ts";
import { averagePixels } from "./pixels.ts";
import { blockPixels, stageName, stripOf, stripPixels, uprightOf } from "./strip.ts";

/** Geometry of the pictures of layers, counted by hand. */

const layers = mapLayersOf(assignmentSpec());

describe("the strip", () => {
  it("is 1,184 × 112 pixels: 924 of maps, the code as 64 bars of 2, eleven gaps of 12", () => {
    const strip = stripOf(layers);
    expect([strip.width, strip.height, strip.values]).toEqual([1184, 112, 98_848]);
    expect(strip.blocks.map(({ layer, width }) => [layer.name, width])).toEqual([
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
    const strip = stripOf(layers);
    const pixels = stripPixels(strip, new Float32Array(strip.values), stripScales(layers, new Float32Array(98_848)));
    const painted = pixels.data.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + (alpha ? 1 : 0), 0);
    expect(painted).toBe(98_848 - 64);
  });

  it("puts a value where its map and its position are", () => {
    const strip = stripOf(layers);
    const all = new Float32Array(countValues(layers));
    const conv = mapLayerNamed(layers, "conv2d");
    // Row 3, column 5 of map 6: second column of maps (four a column), third from the top.
    all[conv.offset + (3 * 28 + 5) * 32 + 6] = 2;
    const { data, width } = stripPixels(strip, all, stripScales(layers, all));
    const [x, y] = [28 + 12 + 28 + 5, 2 * 28 + 3];
    expect(data[(y * width + x) * 4]).toBe(255);
    expect(data.filter((grey, at) => at % 4 !== 3 && grey > 0)).toHaveLength(3);
  });

  it("paints a block by itself as it stands on the strip, no higher than its maps", () => {
    const strip = stripOf(layers);
    const all = Float32Array.from({ length: strip.values }, (_, at) => Math.abs(Math.sin(at)));
    const scales = stripScales(layers, all);
    const whole = stripPixels(strip, all, scales);
    for (const block of strip.blocks.filter(({ layer }) => layer.part !== "code")) {
      const scale = scales[block.layer.index];
      if (!scale) throw new Error("expected a scale for each layer");
      const own = blockPixels(block, layerValues(all, block.layer), scale);
      expect([own.width, own.height]).toEqual([block.width, block.layer.shape[2] === 1 ? 28 : 112]);
      const cut = Array.from({ length: own.height }, (_, row) => {
        const from = (row * whole.width + block.x) * 4;
        return [...whole.data.subarray(from, from + block.width * 4)];
      }).flat();
      expect([...own.data]).toEqual(cut);
    }
  });

  it("has a name that can be read for every layer", () => {
    expect(layers.map((layer) => stageName(layers, layer)).join(", ")).toBe(
      "Input, Conv 1, Pool 1, Conv 2, Pool 2, Code, Dense, Conv 3, Up 1, Conv 4, Up 2, Output",
    );
  });

  it("stands upright 224 wide, every layer as tall as it has numbers", () => {
    const strip = uprightOf(layers);
    const tall = strip.blocks.map(({ layer, rows }) => rows * layer.shape[0]);
    expect([strip.width, ...tall]).toEqual([224, 28, 112, 28, 56, 14, 1, 14, 14, 56, 28, 112, 28]);
    const all = Float32Array.from({ length: strip.values }, (_, at) => Math.abs(Math.sin(at)));
    const scales = stripScales(layers, all);
    const { data, width, height } = stripPixels(strip, all, scales);
    expect([width, height]).toEqual([224, 491]);
    const painted = data.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + (alpha ? 1 : 0), 0);
    expect(painted).toBe(98_848 - 64);
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
    expect(layerScale(mapLayerNamed(layers, "conv2d"), values)).toEqual({ low: 0, high: 2 });
    expect(layerScale(mapLayerNamed(layers, "conv2d_4"), values)).toEqual({ low: 0, high: 1 });
    expect(layerScale(mapLayerNamed(layers, "encoder_input"), values)).toEqual({ low: 0, high: 1 });
    expect(mapScales(Float32Array.of(-1, 2, 3, 4), [1, 2, 2])).toEqual([
      { low: -1, high: 3 },
      { low: 0, high: 4 },
    ]);
    expect([scaled(-1, { low: -1, high: 3 }), scaled(1, { low: -1, high: 3 }), scaled(5, { low: 0, high: 0 })]).toEqual(
      [0, 128, 0],
    );
  });
});
