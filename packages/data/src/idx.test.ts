import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readIdxImages, readIdxLabels } from "./idx.ts";

/** An IDX file: big-endian words, then bytes. */
function idx(words: number[], body: number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4 + body.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word);
  });
  bytes.set(body, words.length * 4);
  return bytes;
}

const images = idx([2051, 2, 1, 3], [1, 2, 3, 4, 5, 255]);
const labels = idx([2049, 3], [7, 0, 9]);

describe("IDX files", () => {
  it("reads images, plain and gzip", () => {
    const expected = { count: 2, rows: 1, columns: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 255) };
    expect(readIdxImages(images, "a")).toEqual(expected);
    expect(readIdxImages(gzipSync(images), "a")).toEqual(expected);
  });

  it("reads labels, plain and gzip", () => {
    const expected = { count: 3, labels: Uint8Array.of(7, 0, 9) };
    expect(readIdxLabels(labels, "a")).toEqual(expected);
    expect(readIdxLabels(gzipSync(labels), "a")).toEqual(expected);
  });

  it("reads a file that starts inside a larger buffer", () => {
    const larger = new Uint8Array(labels.length + 3);
    larger.set(labels, 3);
    expect(readIdxLabels(larger.subarray(3), "a").labels).toEqual(Uint8Array.of(7, 0, 9));
  });

  it.each([
    ["an empty file", new Uint8Array(), /expected an IDX header of 16 bytes but the file has 0/],
    ["a truncated header", images.subarray(0, 15), /expected an IDX header of 16 bytes but the file has 15/],
    ["a truncated body", images.subarray(0, 21), /expected 6 bytes after the header but got 5: it is cut short/],
    ["an oversized body", idx([2051, 1, 1, 1], [1, 2]), /expected 1 bytes after the header but got 2: it has more/],
    ["labels instead", labels, /expected IDX images \(magic 2051\) but got magic 2049, the magic of labels/],
    ["another magic", idx([77, 1, 1, 1], [0]), /but got magic 77; give the right file/],
    ["no images", idx([2051, 0, 28, 28], []), /expected at least one of images but its header says 0 × 28 × 28/],
    ["a damaged gzip", gzipSync(images).subarray(0, 20), /expected a gzip file but it is damaged .*download it again/],
  ])("refuses %s in one line that names the file", (_, bytes, message) => {
    const read = () => readIdxImages(bytes, "file-x");
    expect(read).toThrow(message);
    expect(read).toThrow(/^file-x: .*$/);
  });

  it("says so when images are given for labels", () => {
    expect(() => readIdxLabels(images, "file-x")).toThrow(/\(magic 2049\) but got magic 2051, the magic of images/);
  });
});
