import { readLossPlot } from "@autoencoder/model/grading";
import type { EpochRecord } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { lossCurveSvg } from "./loss-curve.tsx";
import { rasterize } from "./rasterize.ts";

/** Losses that fall by a tenth of a decade an epoch. */
const falling = Array.from({ length: 20 }, (_, at) => epochRecord(at + 1, 0.1 * 10 ** (-at / 10)));

function epochRecord(epoch: number, loss: number | null): EpochRecord {
  return { epoch, loss, valLoss: loss && loss * 1.1, seconds: 1, imagesPerSecond: 1, residentBytes: 1 };
}

const draw = (history: readonly EpochRecord[], name = "some") => lossCurveSvg({ name, loss: "mse", history });

describe("the loss curve of a run", () => {
  it("is read by the checklist as it was drawn", () => {
    expect(readLossPlot(draw(falling), falling)).toEqual({
      train: 20,
      validation: 20,
      xName: "epoch",
      yName: "MSE over pixels in [0, 1], log scale",
      disagrees: undefined,
    });
    const other = falling.map((record) => (record.epoch === 9 ? epochRecord(9, record.loss! * 0.95) : record));
    expect(readLossPlot(draw(falling), other).disagrees).toBeDefined();
  });

  it.each([
    ["one epoch", falling.slice(0, 1)],
    ["a loss that was not finite in the middle", [...falling.slice(0, 5), epochRecord(6, null), ...falling.slice(6)]],
    ["a loss of 0 at the end", [...falling.slice(0, 5), epochRecord(6, 0)]],
    ["losses that hardly move", falling.map(({ epoch }) => epochRecord(epoch, 0.231 - epoch * 1e-6))],
  ])("has a point for every finite loss with %s", (_, history) => {
    const finite = history.filter(({ loss }) => loss !== null && loss > 0).length;
    expect(readLossPlot(draw(history), history)).toMatchObject({
      train: finite,
      validation: finite,
      disagrees: undefined,
    });
  });

  it("says that there is none, and writes any name as text", () => {
    const svg = draw([epochRecord(1, null)], "<&>");
    expect(svg).toContain("No epoch ended with a finite loss.");
    expect(svg).toContain("Loss of the run &lt;&amp;&gt;");
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it("becomes a PNG of twice its size", () => {
    const png = Buffer.from(rasterize(draw(falling)));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 880]);
  });
});
