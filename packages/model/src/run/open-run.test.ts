import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RunFault } from "./fault.ts";
import { openFile, openRun, openTable, openWeights, type ReadStored } from "./open-run.ts";
import { runPaths, weightsBeside } from "./paths.ts";
import { parseRun, type Run } from "./run.ts";
import { readMetadata, readTable, type Table, type Tensor, tensor, writeTable } from "./tables.ts";

const folder = join(import.meta.dirname, "../../../../artifacts/assignment");
const committed = readFileSync(join(folder, "run.json"), "utf8");
const run = parseRun(committed);
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(folder, path)));
const text = (of: unknown) => new TextEncoder().encode(typeof of === "string" ? of : JSON.stringify(of));

/** Reads the committed run, with some files replaced. */
const reading =
  (files: Record<string, Uint8Array> = {}): ReadStored =>
  async (path) => {
    const bytes = new Uint8Array(files[path] ?? bytesOf(path));
    return { bytes, sha256: async () => createHash("sha256").update(bytes).digest("hex") };
  };

/** What run.json says of a page that trained on a drawing, with some of it replaced. */
const drawnOn = (drawing: object) => ({
  browser: "a browser",
  steps: 3,
  drawing: { from: 3800, to: 4000, path: "drawing-idx3-ubyte", sha256: "ab".repeat(32), ...drawing },
});

/** The run with some files replaced, and listed as they are now. */
function replaced(files: Record<string, Uint8Array>): [Run, ReadStored] {
  const listed = run.files.map((file) => {
    const bytes = files[file.path];
    if (!bytes) return file;
    return { ...file, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  return [{ ...run, files: listed }, reading(files)];
}

// biome-ignore lint/suspicious/noExplicitAny: a test spoils any field of a run.json
type Spoil = (run: any) => void;
const spoiled = (spoil: Spoil) => {
  const json = JSON.parse(committed);
  spoil(json);
  return JSON.stringify(json);
};

describe("a run", () => {
  it("opens whole: run.json, tables and weights of both precisions", async () => {
    const read = reading();
    expect(await openRun("assignment", read)).toEqual(run);
    for (const { path } of run.files.filter(({ path }) => path.endsWith(".safetensors"))) {
      expect(Object.keys(await openTable(run, path, read))).toEqual(Object.keys(readTable(bytesOf(path))));
    }
    for (const path of [runPaths.encoder, runPaths.pageDecoder, runPaths.autoencoder]) {
      expect((await openWeights(run, path, read)).length).toBeGreaterThan(0);
    }
  });

  it.each<[string, Spoil, string]>([
    [
      "layers that do not fit",
      (json) => {
        json.spec.encoder.layers[0].shape = [10];
      },
      "spec: layer conv2d: expected [height, width, channels] but got (None, 10)",
    ],
    [
      "20,000 filters",
      (json) => {
        json.spec.encoder.layers[1].filters = 20_000;
      },
      "spec: parameters: expected at most 10000000 in all but got 12180353",
    ],
    [
      "an input without end",
      (json) => {
        json.spec.encoder.layers[0].shape = [1_000_000, 1_000_000, 1];
      },
      "spec: decoder output: expected the input's shape (None, 1000000, 1000000, 1) but got (None, 28, 28, 1)",
    ],
    [
      "two layers of one name",
      (json) => {
        json.spec.encoder.layers[3].name = "conv2d";
      },
      "spec: layer conv2d: expected one layer of this name but there are two",
    ],
    [
      "an input in the middle",
      (json) => {
        json.spec.decoder.layers.splice(1, 0, { className: "InputLayer", name: "again", shape: [64] });
      },
      "spec: layer again: expected an InputLayer first but it comes later",
    ],
    [
      "an unknown layer",
      (json) => {
        json.recipe.spec.encoder.layers[1].className = "LSTM";
      },
      'recipe.spec.encoder.layers.1.className: expected "InputLayer" or "Conv2D" or',
    ],
    [
      "3,000 epochs",
      (json) => {
        json.history = Array.from({ length: 3000 }, (_, at) => ({ ...json.history[0], epoch: at + 1 }));
      },
      "history: expected at most 2000 entries but got 3000",
    ],
    [
      "epochs out of order",
      (json) => {
        json.history.reverse();
      },
      "history.0.epoch: expected 1 but got 20",
    ],
    [
      "200,000 epochs",
      (json) => {
        json.history = new Array(200_000).fill(1);
      },
      "expected a JSON object of at most 50000 fields and entries but it has more",
    ],
    [
      "a file listed twice",
      (json) => {
        json.files[1].path = json.files[0].path;
      },
      "files.1.path: expected a path of its own but got",
    ],
    [
      "a file outside",
      (json) => {
        json.files[1].path = "../../etc/passwd";
      },
      'files.1.path: expected a path within the run\'s folder but got "../../etc/passwd"',
    ],
    [
      "more images split than there are",
      (json) => {
        json.dataset.split.train = 60_000;
      },
      "dataset.split: expected at most the 60000 training images but got 60000 + 6000",
    ],
    [
      "a drawing that it does not list",
      (json) => {
        json.page = drawnOn({ sha256: "ab".repeat(32) });
      },
      "page.drawing: expected drawing-idx3-ubyte among files, with the same sha256, but it is not there",
    ],
    [
      "a drawing that is another than the one listed",
      (json) => {
        json.page = drawnOn({ sha256: "ab".repeat(32) });
        json.files.push({ path: "drawing-idx3-ubyte", bytes: 800, sha256: "cd".repeat(32) });
      },
      "page.drawing: expected drawing-idx3-ubyte among files",
    ],
    [
      "a drawing among the images that validate",
      (json) => {
        json.page = drawnOn({ to: 54_001 });
      },
      "page.drawing.to: expected at most the 54000 images trained on but got 54001",
    ],
    [
      "a drawing that ends before it begins",
      (json) => {
        json.page = drawnOn({ to: 3000 });
      },
      "page.drawing.to: expected more than from, 3800, but got 3000",
    ],
    [
      "a drawing outside its folder",
      (json) => {
        json.page = drawnOn({ path: "../drawing-idx3-ubyte" });
      },
      'page.drawing.path: expected "drawing-idx3-ubyte" but got "../drawing-idx3-ubyte"',
    ],
    [
      "a reserved name",
      (json) => {
        json.name = "compare";
      },
      'name: expected another value but got "compare": this name is reserved',
    ],
    [
      "another field",
      (json) => {
        json.extra = 1;
      },
      '(whole file): expected no other fields but got "extra"',
    ],
    [
      "a fraction as seed",
      (json) => {
        json.seed = 1.5;
      },
      "seed: expected a whole number but got 1.5",
    ],
  ])("with %s is refused in one line of words", async (_, spoil, sentence) => {
    const opening = openRun("assignment", reading({ "run.json": text(spoiled(spoil)) }));
    await expect(opening).rejects.toThrow(RunFault);
    await expect(opening).rejects.toThrow(`run.json: ${sentence}`);
    await expect(opening).rejects.toThrow(/^[^\n{]*; train the run again$/);
  });

  it("that was trained on a drawing opens where the drawing is listed", async () => {
    const sha256 = "ab".repeat(32);
    const json = spoiled((one) => {
      one.page = drawnOn({ to: 54_000, sha256 });
      one.files.push({ path: "drawing-idx3-ubyte", bytes: 800, sha256 });
    });
    const { page } = await openRun("assignment", reading({ "run.json": text(json) }));
    expect(page?.drawing).toEqual({ from: 3800, to: 54_000, path: "drawing-idx3-ubyte", sha256 });
  });

  it.each([
    ["too deep", "[".repeat(100_000), "at most 32 lists and objects deep"],
    ["too long", " ".repeat(4_000_001), "at most 4000000 characters but got 4000001"],
    ["cut within a text", '{"formatVersion": 1, "name": "', "expected a JSON object but it is no JSON"],
  ])("is refused before it is parsed where its text is %s", async (_, json, sentence) => {
    await expect(openRun("assignment", reading({ "run.json": text(json) }))).rejects.toThrow(sentence);
  });

  it("whose folder was renamed is refused", async () => {
    await expect(openRun("other", reading())).rejects.toThrow(
      'run.json: name: expected "other", as its folder is called but it calls itself "assignment": its folder was renamed',
    );
  });
});

describe("a file of a run", () => {
  const path = runPaths.history;
  it("is refused where run.json does not list it, its length or its hash is another", async () => {
    await expect(openFile(run, "secret.txt", reading())).rejects.toThrow(
      "secret.txt: expected a file that run.json lists",
    );
    await expect(openFile(run, path, reading({ [path]: text("altered") }))).rejects.toThrow(
      /^history.csv: expected \d+ bytes but got 7; train the run again$/,
    );
    await expect(openFile(run, path, reading({ [path]: bytesOf(path).with(3, 0) }))).rejects.toThrow(
      /^history.csv: expected SHA-256 [0-9a-f]{12}… but got [0-9a-f]{12}…; train the run again$/,
    );
  });
});

describe("a table whose hash fits but whose contents do not", () => {
  const samples = readTable(bytesOf(runPaths.samples));
  const { indices, ...rest } = samples;
  it.each<[string, Table, string]>([
    ["lacks a tensor", rest, "tensor indices: expected a tensor of this name but there is none"],
    [
      "has codes of another length",
      { ...samples, latents: { dtype: "F32", shape: [100, 63], data: new Float32Array(6300) } },
      "tensor latents: expected F32 [100, 64] but got F32 [100, 63]",
    ],
    [
      "has fewer pictures than digits",
      { ...samples, reconstructions: { dtype: "F32", shape: [99, 28, 28], data: new Float32Array(99 * 784) } },
      "tensor reconstructions: expected F32 [100, … 784 values] but got F32 [99, 28, 28]",
    ],
    [
      "names images that there are not",
      { ...samples, indices: { dtype: "I32", shape: [100], data: new Int32Array(100).fill(10_000) } },
      "tensor indices: expected numbers of test images, from 0 to 9999 but got 10000",
    ],
    [
      "is empty",
      {
        indices: { dtype: "I32", shape: [0], data: new Int32Array(0) },
        latents: { dtype: "F32", shape: [0, 64], data: new Float32Array(0) },
        reconstructions: { dtype: "F32", shape: [0, 28, 28], data: new Float32Array(0) },
      },
      "tensor indices: expected at least one value but it is empty",
    ],
    [
      "has a value that is no number",
      { ...samples, latents: { dtype: "F32", shape: [100, 64], data: new Float32Array(6400).fill(Number.NaN, 9) } },
      "tensor latents: expected finite numbers but one is no number",
    ],
  ])("that %s is refused by its file and tensor", async (_, table, sentence) => {
    const [changed, read] = replaced({ [runPaths.samples]: writeTable(table) });
    await expect(openTable(changed, runPaths.samples, read)).rejects.toThrow(`samples.safetensors: ${sentence}`);
  });

  const opening = (path: string, name: string, at: number, value: number) => {
    const table = readTable(bytesOf(path));
    const found = tensor(table, name);
    const tensors = { ...table, [name]: { ...found, data: found.data.with(at, value) } as Tensor };
    const [changed, read] = replaced({ [path]: writeTable(tensors, readMetadata(bytesOf(path))) });
    return openTable(changed, path, read);
  };

  it("may have an infinite PSNR, of a picture without error, and no gradient before the first step", async () => {
    await expect(opening(runPaths.testErrors, "psnr", 3, Number.POSITIVE_INFINITY)).resolves.toBeDefined();
    await expect(opening(runPaths.snapshots, "gradientNorm", 0, Number.NaN)).resolves.toBeDefined();
  });

  it.each([
    [runPaths.testErrors, "psnr", 3, Number.NaN, "tensor psnr: expected numbers but one is no number"],
    [
      runPaths.testErrors,
      "mse",
      3,
      Number.POSITIVE_INFINITY,
      "tensor mse: expected finite numbers but one is infinite",
    ],
    [runPaths.snapshots, "trainMse", 0, Number.NaN, "tensor trainMse: expected finite numbers but one is no number"],
    [runPaths.statistics, "neighbours/pixels", 0, -1, "tensor neighbours/pixels: expected at least 0 but got -1"],
    [runPaths.snapshots, "step", 0, -1, "tensor step: expected steps from 0, each above the one before but got -1"],
    [runPaths.snapshots, "step", 2, 1, "tensor step: expected steps from 0, each above the one before but got 1"],
    [runPaths.snapshots, "film/live", 0, 2, "tensor film/live: expected at most 1 but got 2"],
  ])("is refused: %s, %s at place %i is %d", async (path, name, at, value, sentence) => {
    await expect(opening(path, name, at, value)).rejects.toThrow(`${path}: ${sentence}`);
  });
});

describe("a film", () => {
  const path = runPaths.snapshots;
  const header = readMetadata(bytesOf(path));
  const table = readTable(bytesOf(path));
  const opening = (of: Table, says: Readonly<Record<string, string>>) => {
    const [changed, read] = replaced({ [path]: writeTable(of, says) });
    return openTable(changed, path, read);
  };

  it("may be missing, in runs from before there was one", async () => {
    const without = Object.fromEntries(Object.entries(table).filter(([name]) => !name.startsWith("film/")));
    await expect(opening(without, {})).resolves.toBeDefined();
  });

  it("is refused where a part of it is missing", async () => {
    const { "film/live": _, ...rest } = table;
    await expect(opening(rest, header)).rejects.toThrow(
      `${path}: tensor film/live: expected a whole film but there is none`,
    );
  });

  it.each([
    [
      { ...header, filmBins: "below -12, 64 from -12 to 4, above" },
      /header filmBins: expected .* but got "below -12, 64 /,
    ],
    [{ filmBins: header.filmBins as string }, /header filmLayers: expected "conv2d conv2d_1 .* but there is none/],
  ])("is refused where its header says other columns", async (says, sentence) => {
    await expect(opening(table, says)).rejects.toThrow(sentence);
  });
});

describe("weights whose hash fits but whose contents do not", () => {
  const path = runPaths.pageEncoder;
  const manifest = JSON.parse(new TextDecoder().decode(bytesOf(path)));
  const withWeights = (spoil: Spoil) => {
    const changed = structuredClone(manifest);
    spoil(changed.weightsManifest[0].weights);
    return { [path]: text(changed) };
  };
  it.each<[string, Record<string, Uint8Array>, string]>([
    [
      "are of another layer",
      withWeights((weights) => {
        weights[0].name = "conv2d_9/kernel";
      }),
      "page/encoder/model.json: weight 0: expected conv2d/kernel of 3 × 3 × 1 × 32, as run.json's spec has it",
    ],
    [
      "have the shape turned",
      withWeights((weights) => {
        weights[0].shape = [32, 3, 3, 1];
      }),
      "but got conv2d/kernel of 32 × 3 × 3 × 1",
    ],
    [
      "have half a length",
      withWeights((weights) => {
        weights[0].shape = [0.5, 4];
      }),
      "page/encoder/model.json: conv2d/kernel: expected a shape of whole lengths from 0 but got [0.5, 4]",
    ],
    [
      "are fewer bytes",
      { [weightsBeside(path)]: new Uint8Array(10) },
      "page/encoder/weights.bin: expected 439168 bytes but got 10",
    ],
    [
      "hold an infinite value",
      { [weightsBeside(path)]: bytesOf(weightsBeside(path)).fill(0x7c, 1, 2).fill(0, 0, 1) }, // float16's infinity
      "page/encoder/weights.bin: weight conv2d/kernel: expected finite numbers but one is infinite",
    ],
    [
      "have no manifest",
      { [path]: text({}) },
      "page/encoder/model.json: weightsManifest: expected a list but got nothing",
    ],
  ])("that %s are refused by file and field", async (_, files, sentence) => {
    const [changed, read] = replaced(files);
    await expect(openWeights(changed, path, read)).rejects.toThrow(sentence);
  });
});
