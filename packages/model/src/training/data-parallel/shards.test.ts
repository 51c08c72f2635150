import { describe, expect, it } from "vitest";
import { assignmentSpec } from "../../network/spec.ts";
import { joinShards, layerOverBatch, shardsOf } from "./shards.ts";

describe("the shards of a batch", () => {
  const lengths = (count: number, shards: number) => shardsOf(count, shards).map(({ start, end }) => end - start);
  it.each([
    [128, 4, [32, 32, 32, 32]],
    [112, 4, [28, 28, 28, 28]], // the last batch of an epoch of 54,000 images
    [128, 3, [42, 43, 43]],
    [10, 4, [2, 3, 2, 3]],
    [3, 4, [1, 1, 1]],
    [1, 1, [1]],
  ])("%i images in %i shards", (count, shards, expected) => expect(lengths(count, shards)).toEqual(expected));

  it("follow one another without gap or overlap, whatever their number", () => {
    for (let count = 1; count <= 40; count++) {
      for (let shards = 1; shards <= 9; shards++) {
        const parts = shardsOf(count, shards);
        const images = parts.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at));
        expect(images).toEqual([...Array(count).keys()]);
        const sizes = parts.map(({ start, end }) => end - start);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe("shards put together", () => {
  const part = (images: number, loss: number, ...gradient: number[]) => {
    return { images, loss, gradient: Float32Array.from(gradient) };
  };

  it("are the mean over all images, not over shards", () => {
    const { loss, gradient } = joinShards([part(1, 4, 8, 0), part(3, 2, 4, -4)]);
    expect(loss).toBe(2.5); // (1·4 + 3·2) / 4
    expect([...gradient]).toEqual([5, -3]);
  });

  it("are summed in their order, in float32", () => {
    // 2²⁴ + 1 is no float32: what is added to 2²⁴ one by one is lost, what is added up before is not.
    const [great, one] = [part(1, 0, 3 * 2 ** 24), part(1, 0, 3)];
    expect(joinShards([great, one, one]).gradient[0]).toBe(2 ** 24);
    expect(joinShards([one, one, great]).gradient[0]).toBe(2 ** 24 + 2);
  });
});

describe("a layer over the whole batch", () => {
  const { encoder, decoder } = assignmentSpec();
  it("is not in the assignment's network", () => expect(layerOverBatch({ encoder, decoder })).toBeUndefined());
  it("is batch normalization, in either half", () => {
    const normalized = {
      layers: [...decoder.layers, { className: "BatchNormalization", name: "batch_normalization" }],
    };
    expect(layerOverBatch({ encoder, decoder: normalized })).toBe("batch_normalization");
    expect(layerOverBatch({ encoder: normalized, decoder })).toBe("batch_normalization");
  });
});
