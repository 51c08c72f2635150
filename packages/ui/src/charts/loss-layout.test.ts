import { describe, expect, it } from "vitest";
import { lossChartSizes, lossLayout } from "./loss-layout.ts";
import { spreadLabels } from "./scales.ts";

const history = [
  { epoch: 1, loss: 0.1, valLoss: 0.01 },
  { epoch: 2, loss: 0.01, valLoss: null },
  { epoch: 3, loss: 0.001, valLoss: 0.001 },
];
const size = lossChartSizes.wide;

describe("a loss curve", () => {
  it("puts the first epoch at the left margin and the last at the right one", () => {
    const { x } = lossLayout({ history, levels: [], scale: "log" }, size);
    expect([x(1), x(2), x(3)]).toEqual([64, 328, 592]); // 64 to 720 − 128
  });

  it("gives a factor of ten the same height anywhere on the log scale", () => {
    const { y } = lossLayout({ history, levels: [], scale: "log" }, size);
    expect(y(0.01) - y(0.1)).toBeCloseTo(y(0.001) - y(0.01), 9);
    expect(y(0.1 * 1.2)).toBeCloseTo(size.top, 9);
    expect(y(0.001 / 1.2)).toBeCloseTo(size.height - size.bottom, 9);
  });

  it("starts the linear scale at zero", () => {
    const { y } = lossLayout({ history, levels: [], scale: "linear" }, size);
    expect(y(0)).toBe(size.height - size.bottom);
  });

  it("makes room for levels beyond the losses", () => {
    const { y, levels } = lossLayout({ history, levels: [{ label: "black", value: 0.5 }], scale: "log" }, size);
    expect(levels[0]?.y).toBe(y(0.5));
    expect(y(0.5)).toBeGreaterThan(size.top);
  });

  it("breaks the line where a loss is missing", () => {
    const { paths } = lossLayout({ history, levels: [], scale: "log" }, size);
    expect(paths.train.match(/M/g)).toHaveLength(1);
    expect(paths.validation.match(/M/g)).toHaveLength(2);
  });

  it("draws the running mean half an epoch earlier when it is placed, and the loss measured again at the end", () => {
    const measured = history.map((point) => ({ ...point, recomputed: point.epoch === 2 ? null : point.loss }));
    const logged = lossLayout({ history: measured, levels: [], scale: "log" }, size);
    expect(logged.trainX(2)).toBe(logged.x(2));
    expect(logged.paths.recomputed).toBe("");
    const { x, y, trainX, paths } = lossLayout({ history: measured, levels: [], scale: "log", train: "placed" }, size);
    expect(trainX(1)).toBe(size.left);
    expect(trainX(2)).toBeCloseTo((x(1) + x(2)) / 2, 9);
    expect(paths.train.startsWith(`M${trainX(1)},${Number(y(0.1).toFixed(2))}`)).toBe(true);
    expect(paths.recomputed.startsWith(`M${Number(x(1).toFixed(2))},`)).toBe(true);
    expect(paths.recomputed.match(/M/g)).toHaveLength(2); // the second was not measured
  });

  it("reads the nearest epoch, also beyond the ends", () => {
    const { epochAt, x } = lossLayout({ history, levels: [], scale: "log" }, size);
    expect([x(1) - 500, x(2) + 5, x(3) + 500].map(epochAt)).toEqual([1, 2, 3]);
  });
});

describe("labels that would touch", () => {
  const places = (...heights: number[]) => spreadLabels(heights.map((y) => ({ y }))).map(({ y }) => y);

  it("move apart upwards", () => {
    expect(places(100, 98, 20)).toEqual([100, 85, 20]);
  });

  it("move down again where there is no room above", () => {
    expect(places(20, 19, 18)).toEqual([45, 30, 15]);
  });
});
