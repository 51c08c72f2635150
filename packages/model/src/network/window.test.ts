import { backend_util } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { LayerSpec } from "./spec.ts";
import { countWindows, forEachTap, windowOf, windowPadding, windowStart } from "./window.ts";

describe("windows and their padding are tfjs's", () => {
  const cases = [1, 2, 5, 7, 28].flatMap((input) =>
    [1, 2, 3, 4].flatMap((length) =>
      [1, length].flatMap((stride) =>
        (["same", "valid"] as const).map((padding) => ({ input, length, stride, padding })),
      ),
    ),
  );
  it.each(cases.filter(({ input, length, padding }) => padding === "same" || length <= input))(
    "of $length every $stride, padding $padding, over $input",
    ({ input, ...settings }) => {
      const { length, stride, padding } = settings;
      const info = backend_util.computeConv2DInfo([1, input, input, 1], [length, length, 1, 1], stride, 1, padding);
      expect(countWindows(input, settings)).toBe(info.outHeight);
      expect(windowPadding(input, settings)).toEqual([info.padInfo.top, info.padInfo.bottom]);
    },
  );
});

describe("the taps of a window", () => {
  const taps = (window: ReturnType<typeof windowOf>, row: number, column: number) => {
    const visited: [number, number][] = [];
    if (window) forEachTap(window, { row, column }, (tap, position) => visited.push([tap, position]));
    return visited;
  };

  it("leave padding out, row by row", () => {
    const layer: LayerSpec = {
      className: "Conv2D",
      name: "conv2d",
      filters: 1,
      kernelSize: [3, 3],
      padding: "same",
      activation: "linear",
    };
    const window = windowOf(layer, [4, 5]);
    expect(taps(window, 0, 0)).toEqual([
      [4, 0],
      [5, 1],
      [7, 5],
      [8, 6],
    ]);
    expect(taps(window, 2, 3).map(([, position]) => position)).toEqual([7, 8, 9, 12, 13, 14, 17, 18, 19]);
  });

  it("of upsampling are the one position that is copied", () => {
    const window = windowOf({ className: "UpSampling2D", name: "up_sampling2d", size: [2, 3] }, [2, 2]);
    expect(taps(window, 3, 2)).toEqual([[0, 2]]);
    expect(taps(window, 3, 3)).toEqual([[0, 3]]);
    expect(windowStart(window!.columns, 5)).toBe(1);
  });

  it("are none where a layer has no windows", () => {
    expect(windowOf({ className: "Flatten", name: "flatten" }, [7, 7])).toBeUndefined();
  });
});
