import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageSet } from "@autoencoder/data";
import { findRecipe } from "@autoencoder/model/recipes";
import { writeState } from "@autoencoder/model/training";
import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "./command-line.ts";
import { type PlacedDrawing, withDrawing } from "./drawing.ts";
import { takeFromPage } from "./from-page.ts";

/** Zips of a page's training on a drawing, put together by hand. */
const folder = mkdtempSync(join(tmpdir(), "from-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name = "drawing-idx3-ubyte";
/** One picture of 28 × 28: a magic and three lengths of four bytes each, the first byte the greatest. */
const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28];
const strokes = Array.from({ length: 784 }, (_, at) => (at % 28 === 14 ? 255 : 0));
const drawing = Uint8Array.from([...header, ...strokes]);
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const places = { from: 3800, to: 4000, path: name, sha256: hash(drawing) };

const recipe = { ...findRecipe("assignment"), images: [0, 5000] as [number, number], validationSplit: 0.2 };
const sums = { lossSum: 0, imagesSeen: 0, epochSeconds: 0, seconds: 0 };
const state = {
  fingerprint: "{}",
  progress: {
    startedAt: "2026-01-01T00:00:00.000Z",
    step: 3,
    epoch: 0,
    batch: 3,
    ...sums,
    collapsedBatches: 0,
    history: [],
  },
  weights: new Float32Array(479_105),
  slots: {},
  losses: [],
};

let count = 0;
function zipped(part: object | undefined, files: Record<string, Uint8Array>): string {
  const training = {
    formatVersion: 1,
    recipe,
    outputBias: -1.9,
    files: [{ name: "train-images-idx3-ubyte", sha256: "0".repeat(64) }],
    shards: 4,
    page: { browser: "a browser", steps: 3, ...(part && { drawing: part }) },
  };
  const path = join(folder, `${++count}.zip`);
  const zip = { "training.json": strToU8(JSON.stringify(training)), "checkpoint.safetensors": writeState(state) };
  writeFileSync(path, zipSync({ ...zip, ...files }, { level: 0 }));
  return path;
}
const take = (part: object | undefined, files: Record<string, Uint8Array> = {}) =>
  takeFromPage(zipped(part, files), { name: undefined });
const of = (file: Uint8Array) => [{ ...places, sha256: hash(file) }, { [name]: file }] as const;

describe("a page's training on a drawing", () => {
  it("comes with the drawing, its places and its hash", async () => {
    const { further } = await take(places, { [name]: drawing });
    expect(further.drawing).toEqual({ ...places, file: drawing, pixels: Uint8Array.from(strokes) });
    expect((await take(undefined, { [name]: drawing })).further.drawing).toBeUndefined();
  });

  const lacking = "it has no drawing-idx3-ubyte, the drawing that it was trained on";
  const one = "its drawing-idx3-ubyte is another: expected an IDX file of one picture of 28 × 28 pixels but";
  it.each<[string, Parameters<typeof take>, string]>([
    ["of a page that left it out", [{ from: 3800, to: 4000 }], lacking],
    ["without the file", [places], lacking],
    [
      "with another drawing",
      [places, { [name]: drawing.with(99, 7) }],
      `its drawing-idx3-ubyte is another: expected SHA-256 ${hash(drawing).slice(0, 12)}… but got`,
    ],
    ["with half a drawing", [...of(drawing.slice(0, 400))], `${one} got 400 bytes`],
    ["with a drawing of another shape", [...of(drawing.with(11, 14).with(15, 56))], `${one} got 1 of 14 × 56`],
    ["with labels for a drawing", [...of(drawing.with(3, 1))], `${one} it is none`],
    ["with no places for it", [{ ...places, from: 4000 }], "expected more than from, 4000, but got 4000"],
    [
      "with a hash that is none",
      [{ ...places, sha256: "x" }],
      'page.drawing.sha256: expected 64 of 0-9 and a-f but got "x"',
    ],
  ])("%s is refused in one line that says so", async (_, given, sentence) => {
    const taking = take(...given);
    await expect(taking).rejects.toThrow(UsageError);
    await expect(taking).rejects.toThrow(
      /^--from: expected the zip that \/train gives to download but [^\n]*; download/,
    );
    await expect(taking).rejects.toThrow(sentence);
  });
});

describe("a drawing among images", () => {
  const pixels = Uint8Array.from({ length: 10 * 2 }, (_, at) => at);
  const set = new ImageSet({ count: 10, rows: 1, columns: 2, pixels }, new Uint8Array(10));
  const placed = (from: number, to: number): PlacedDrawing => ({
    ...places,
    path: name,
    from,
    to,
    file: drawing,
    pixels: Uint8Array.of(200, 201),
  });
  const asked = { recipe, wanted: "--from" };

  it("stands in a copy of them: the images themselves stay", () => {
    const with2 = withDrawing(set, placed(6, 8), asked);
    expect([...with2.pixels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 200, 201, 200, 201, 16, 17, 18, 19]);
    expect(with2).toMatchObject({ count: 10, rows: 1, columns: 2 });
    expect([...set.pixels]).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it("may not stand among those that are validated on: of 10 images these are the last 2", () => {
    expect(() => withDrawing(set, placed(6, 9), asked)).toThrow(
      "--from: expected a drawing in the place of images from 0 to before 8, which are trained on, but got 6 to before 9; download it again",
    );
  });
});
