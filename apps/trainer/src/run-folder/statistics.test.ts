import { type Dataset, ImageSet } from "@autoencoder/data";
import { readTable, tensor, writeTable } from "@autoencoder/model";
import { expect, it } from "vitest";
import { baselines, pcaOfRun, statisticsTable } from "./statistics.ts";

/** Pictures of 12 pixels that mix two patterns around a grey, in two classes told apart by the first pattern's sign. */
function pictures(count: number, first: number): ImageSet {
  const levels = Array.from({ length: count }, (_, at) => Math.sin((first + at) * 1.7));
  const pixels = Uint8Array.from({ length: count * 12 }, (_, at) => {
    const [picture, pixel] = [Math.floor(at / 12), at % 12];
    const second = 20 * Math.cos((first + picture) * 0.9) * (pixel % 2 ? 1 : -1);
    return 128 + 60 * (levels[picture] as number) * Math.sin(pixel) + second;
  });
  const labels = Uint8Array.from(levels, (level) => (level > 0 ? 1 : 0));
  return new ImageSet({ count, rows: 3, columns: 4, pixels }, labels);
}

const dataset: Dataset = { name: "two patterns", train: pictures(200, 0), test: pictures(60, 500), files: [] };
const split = { train: 150, validation: 50 };
const pca = pcaOfRun(dataset, split, 2);

const meanOver = (from: number, to: number, of: (value: number, pixel: number) => number) => {
  const bytes = dataset.train.bytes(from, to);
  return bytes.reduce((sum, byte, at) => sum + of(byte / 255, at % 12), 0) / bytes.length;
};
const meanImage = Array.from({ length: 12 }, (_, pixel) =>
  meanOver(0, 150, (value, at) => (at === pixel ? value * 12 : 0)),
);

it("baselines are the black picture, the mean picture and PCA, measured on the validation pictures", () => {
  const found = baselines(dataset, split, { pca, codeLength: 2 });
  expect(found.black).toBeCloseTo(
    meanOver(150, 200, (value) => value ** 2),
    12,
  );
  expect(found.meanImage).toBeCloseTo(
    meanOver(150, 200, (value, at) => (value - (meanImage[at] as number)) ** 2),
    12,
  );
  expect(found.pca).toBe(pca.errors.validation[2]);
  expect(found.pca).toBeLessThan((1 / 255) ** 2); // two components hold both patterns, up to the rounding of bytes
});

it("without validation pictures the baselines are measured on those trained on", () => {
  const all = { train: 200, validation: 0 };
  const found = baselines(dataset, all, { pca: pcaOfRun(dataset, all, 2), codeLength: 2 });
  expect(found.black).toBeCloseTo(
    meanOver(0, 200, (value) => value ** 2),
    12,
  );
});

it("the table has PCA's errors from one component on, and neighbours by every description", () => {
  const latents = Float32Array.from({ length: 60 * 2 }, (_, at) =>
    at % 2 ? 0 : (dataset.test.labels[at / 2] as number),
  );
  const testLatents = writeTable({ latents: { dtype: "F16", shape: [60, 2], data: latents } });
  const table = readTable(statisticsTable(dataset, pca, testLatents));
  expect(tensor(table, "pca/test").shape).toEqual([12]); // there are no more components than pixels
  expect(tensor(table, "pca/validation").data[1]).toBeCloseTo(pca.errors.validation[2] as number, 8);
  const of = (name: string) => tensor(table, `neighbours/${name}`).data[0];
  expect([of("asked"), of("among")]).toEqual([30, 30]);
  expect(of("code")).toBe(30); // the code is the class
  for (const name of ["pixels", "pca", "random"]) expect(of(name), name).toBeGreaterThan(20); // chance finds 15
});
