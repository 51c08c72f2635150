import { assignmentSpec, mapLayerNamed, mapLayersOf } from "@autoencoder/model";
import { describe, expect, it } from "vitest";
import { atLayer, greatestPlace, parseDigit, parseView, viewAddress } from "./view.ts";

const layers = mapLayersOf(assignmentSpec());
const view = { layer: "conv2d_3", map: 4, row: 6, column: 13, level: "value" } as const;

describe("the viewer's address", () => {
  it("says a view, and is read back as the same", () => {
    const address = viewAddress(view, 23, "assignment-literal");
    expect(address).toBe("?run=assignment-literal&digit=23&layer=conv2d_3&map=4&row=6&column=13&level=value");
    expect(parseView(layers, Object.fromEntries(new URLSearchParams(address)))).toEqual(view);
  });

  it.each([
    [{ layer: "conv9" }, "conv2d_1"],
    [{ layer: ["conv2d", "dense"] }, "conv2d_1"],
    [{}, "conv2d_1"],
  ])("of %o opens on the second convolution", (parameters, layer) => {
    expect(parseView(layers, parameters)).toMatchObject({ layer, map: 0, row: 7, column: 7, level: "sheet" });
  });

  it("takes places that are not there for the ones it opens on", () => {
    const opening = () => ({ row: 1, column: 2, channel: 3 });
    const asked = { layer: "conv2d", map: "32", row: "-1", column: "2.5", level: "deep" };
    expect(parseView(layers, asked, opening)).toEqual({ layer: "conv2d", map: 3, row: 1, column: 2, level: "sheet" });
  });

  it("names recorded samples only", () => {
    const digits = ["0", "99", "100", "own", "", undefined].map((digit) => parseDigit({ digit }, 100));
    expect(digits).toEqual([0, 99, undefined, undefined, undefined, undefined]);
  });
});

it("a place keeps its part of the picture from layer to layer", () => {
  const [from, to] = [mapLayerNamed(layers, "conv2d_3"), mapLayerNamed(layers, "conv2d_4")];
  expect(atLayer(view, from, to)).toMatchObject({ layer: "conv2d_4", map: 0, row: 13, column: 27 });
  expect(atLayer(view, from, mapLayerNamed(layers, "latent_vector"))).toMatchObject({ map: 4, row: 0, column: 0 });
});

it("the greatest value's place is found in its map", () => {
  const layer = mapLayerNamed(layers, "max_pooling2d");
  const values = new Float32Array(layer.values);
  values[(5 * 14 + 9) * 32 + 30] = 1;
  expect(greatestPlace(layer, values)).toEqual({ row: 5, column: 9, channel: 30 });
});
