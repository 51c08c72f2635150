import { findRecipe } from "@autoencoder/model/recipes";
import { describe, expect, it } from "vitest";
import { spreadOf } from "./spread.ts";

const recipe = findRecipe("assignment");
const long = { recipe, images: 54_000 * 20 };

describe("how a training is spread", () => {
  it("takes four shards, and a worker on each core, but no more workers than shards", () => {
    expect(spreadOf(long, 2)).toEqual({ shards: 4, workers: 2 });
    expect(spreadOf(long, 16)).toEqual({ shards: 4, workers: 4 });
  });
  it("lets the recipe say how many shards, then the checkpoint that is continued", () => {
    expect(spreadOf({ ...long, saved: 2 }, 8)).toEqual({ shards: 2, workers: 2 });
    expect(spreadOf({ ...long, recipe: { ...recipe, shards: 6 }, saved: 2 }, 8)).toEqual({ shards: 6, workers: 6 });
  });
  it("keeps the shards whatever the workers, so that the weights stay the same", () => {
    expect(spreadOf({ ...long, asked: 1 }, 8)).toEqual({ shards: 4, workers: 1 });
    expect(spreadOf({ ...long, asked: 3 }, 1)).toEqual({ shards: 4, workers: 3 });
  });
  it("starts no threads for a training that ends before they would have begun, unless they are asked for", () => {
    expect(spreadOf({ recipe, images: 810 }, 8)).toEqual({ shards: 4, workers: 1 });
    expect(spreadOf({ recipe, images: 810, asked: 2 }, 8)).toEqual({ shards: 4, workers: 2 });
  });
  it("computes a network with batch normalization in one piece, and says why", () => {
    const { encoder, decoder } = recipe.spec;
    const layers = [...encoder.layers, { className: "BatchNormalization", name: "batch_normalization" }];
    // The spec has no such layer yet; what is asked of it here are class and name.
    const spec = { encoder: { ...encoder, layers }, decoder } as unknown as typeof recipe.spec;
    expect(spreadOf({ recipe: { ...recipe, spec, shards: 4 }, images: long.images, asked: 4 }, 8)).toEqual({
      shards: 1,
      workers: 1,
      note:
        "layer batch_normalization takes statistics over the whole batch, so each batch is computed in one piece, " +
        "by one thread",
    });
  });
});
