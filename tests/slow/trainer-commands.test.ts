import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable } from "@autoencoder/model";
import { engineReport, parseRun, runPaths, trainerEvent } from "@autoencoder/model/run";
import { encodePng } from "@autoencoder/ui";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checkpointFile } from "../../apps/trainer/src/run-folder/work-folder.ts";
import { bytesOf, openRun } from "../fixtures/committed-runs.ts";
import { errorLine, smallRecipe, startHere, writeFewDigits } from "../fixtures/trainer.ts";

/** What the trainer says, and what it does besides training, on a run of a second. */

const folder = mkdtempSync(join(tmpdir(), "commands-"));
const data = join(folder, "few-digits");
const recipe = join(folder, "small.json");
const artifacts = join(folder, "artifacts");
writeFewDigits(data, 16);
writeFileSync(recipe, `\uFEFF${JSON.stringify(smallRecipe())}`); // as some editors begin a file
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const run = (...args: string[]) => startHere(args, artifacts).ended;
const training = ["--recipe", recipe, "--engine", "wasm", "--data", data, "--epochs", "2"];
const published = (name: string) => parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));

it("engines says which can start here and which one is taken, to people and to programs", async () => {
  const told = engineReport.parse(JSON.parse((await run("engines", "--json")).output));
  expect(told.map(({ name }) => name)).toEqual(["cuda", "native", "webgpu", "wasm"]);
  expect(told.find(({ name }) => name === "wasm")?.available).toBe(true);
  expect(told.filter(({ taken }) => taken)).toHaveLength(1);
  const lines = (await run("engines")).output.trim().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatch(/^wasm {5}can start/);
});

describe("a training", () => {
  it("with --json prints events on standard output, each by its schema, and words for people beside it", async () => {
    const { code, output, errors } = await run(...training, "--name", "told", "--json");
    const events = output
      .trim()
      .split("\n")
      .map((line) => trainerEvent.parse(JSON.parse(line)));
    const steps = events.filter(({ event }) => event === "step");
    const others = events.filter((event) => !steps.includes(event));
    expect(others.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "published"]);
    // At most one a second, which depends on the machine; the first, and the last of each epoch, in any case.
    expect(steps[0]).toMatchObject({ epoch: 1, batch: 1, batches: 3 });
    expect(steps.filter((step) => step.event === "step" && step.batch === 3)).toHaveLength(2);
    const { history, test } = published("told");
    expect(events[0]).toMatchObject({
      run: "told",
      recipe: "small",
      images: { train: 270, validation: 30, test: 120 },
    });
    expect(events.filter(({ event }) => event === "epoch")).toEqual(
      history.map((record) => ({ event: "epoch", ...record })),
    );
    expect(events.at(-1)).toMatchObject({ status: "complete", test: { mse: test.mse } });
    expect(errors).toContain("validation loss");
    expect(code).toBe(0);
  });

  it("with --json tells of an error too", async () => {
    const { code, output, errors } = await run(...training, "--images", "301", "--json");
    const message = "--images: expected at most 300, as many as the training file has, but got 301";
    expect(trainerEvent.parse(JSON.parse(output))).toEqual({ event: "error", message });
    expect([code, errors]).toEqual([2, `error: ${message}\n`]);
  });

  it("with --quiet prints its result", async () => {
    const { output } = await run(...training, "--name", "quiet", "--epochs", "1", "--quiet");
    expect(output).toMatch(/^wrote {3}\S+\/quiet\n$/);
  });

  it("with --slim publishes what the site draws with, and nothing else", async () => {
    expect((await run(...training, "--name", "slim", "--epochs", "1", "--slim")).code).toBe(0);
    expect(published("slim").files.map(({ path }) => path)).toEqual([
      "history.csv",
      "page/decoder/model.json",
      "page/decoder/weights.bin",
      "page/encoder/model.json",
      "page/encoder/weights.bin",
      "samples.safetensors",
    ]);
  });

  it("that changes single settings is recorded as a recipe of its own", async () => {
    const settings = ["--optimizer", "sgd", "--momentum", "0.9", "--learning-rate", "0.5", "--latent", "8"];
    const more = ["--early-stopping", "1", "--schedule", "cosine", "--name", "varied"];
    const { code } = await run(...training, ...settings, ...more);
    expect(code).toBe(0);
    const { recipe, spec, history } = published("varied");
    expect(recipe).toMatchObject({
      name: "small-latent-8-sgd-rate-0-5-momentum-0-9-cosine-patience-1",
      title:
        "The recipe small with a code of length 8, the optimizer sgd, the learning rate 0.5, a momentum of 0.9, " +
        "the schedule cosine, early stopping after 1",
      optimizer: { name: "sgd", learningRate: 0.5, momentum: 0.9, nesterov: false },
    });
    expect(spec.encoder.layers.at(-1)).toMatchObject({ units: 8 });
    expect(history.length).toBeLessThanOrEqual(2);
  });

  it("on a range of the images is recorded as one, its figures those of these images", async () => {
    const { code, output } = await run(...training, "--epochs", "1", "--name", "range", "--images", "100:200");
    expect(code).toBe(0);
    expect(output).toContain("images 100 to 199, 90 images to train on, 10 to validate on");
    const { recipe, dataset } = published("range");
    expect(recipe.images).toEqual([100, 200]);
    expect(dataset).toMatchObject({ trainingImages: 300, split: { from: 100, train: 90, validation: 10 } });
    const pixels = readFileSync(join(data, "train-images-idx3-ubyte")).subarray(16 + 100 * 256, 16 + 190 * 256);
    expect(dataset.meanPixel).toBeCloseTo(pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length / 255, 9);
  });

  it("on black pictures is published: they are rebuilt ever better, and a perfect one has no finite PSNR", async () => {
    const black = join(folder, "black");
    mkdirSync(black);
    for (const [name, count] of [
      ["train", 300],
      ["t10k", 120],
    ] as const) {
      const head = Buffer.alloc(16);
      for (const [at, value] of [0x803, count, 16, 16].entries()) head.writeUInt32BE(value, 4 * at);
      writeFileSync(join(black, `${name}-images-idx3-ubyte`), Buffer.concat([head, Buffer.alloc(count * 256)]));
      const labels = Array.from({ length: count }, (_, at) => at % 10);
      const start = [0, 0, 8, 1, 0, 0, count >> 8, count & 255];
      writeFileSync(join(black, `${name}-labels-idx1-ubyte`), Buffer.from([...start, ...labels]));
    }
    const ended = await run(
      "--recipe",
      recipe,
      "--engine",
      "wasm",
      "--data",
      black,
      "--epochs",
      "1",
      "--name",
      "black",
    );
    expect(ended.errors).not.toContain("error:");
    expect([0, 3]).toContain(ended.code);
    expect(published("black").dataset.meanPixel).toBe(0);
  });
});

describe("a finished run", () => {
  const weights = (name: string) => readFileSync(join(artifacts, name, "autoencoder/weights.bin"));
  const steps = (name: string) => readFileSync(join(artifacts, name, runPaths.steps));
  beforeAll(async () => {
    await run(...training, "--name", "finished");
    await run(...training, "--epochs", "3", "--name", "unbroken");
  });

  it("is trained further to what an unbroken run comes to, bit for bit", async () => {
    const { code, output } = await run("--name", "finished", "--more", "1", "--engine", "wasm", "--data", data);
    expect(code).toBe(0);
    expect(output).toContain("goes on after epoch 2 of finished; the optimizer as it was");
    const { continues, recipe, history, seed } = published("finished-to-3-epochs");
    expect(continues).toEqual({ run: "finished", epochs: 2, engine: "wasm", optimizer: "kept" });
    expect([recipe.epochs, history.length, seed]).toEqual([3, 3, published("finished").seed]);
    expect(weights("finished-to-3-epochs").equals(weights("unbroken"))).toBe(true);
    expect(steps("finished-to-3-epochs").equals(steps("unbroken"))).toBe(true);
    expect(weights("finished").equals(weights("unbroken"))).toBe(false); // it stays as it was
    const snapshots = readTable(readFileSync(join(artifacts, "finished-to-3-epochs", runPaths.snapshots)));
    expect([...snapshots.step!.data]).toEqual([0, 1, 2, 3, 5, 6, 9]);
  });

  it("without its checkpoint goes on with an optimizer that starts anew, and says so", async () => {
    rmSync(join(artifacts, "finished", checkpointFile));
    const { code, output } = await run("--name", "finished", "--more", "2", "--engine", "wasm", "--data", data);
    expect(code).toBe(0);
    expect(output).toContain("the optimizer starts anew, since there is no checkpoint beside that run");
    const { continues, history } = published("finished-to-4-epochs");
    expect(continues).toMatchObject({ optimizer: "restarted" });
    const [, second, third, fourth] = history.map(({ valLoss }) => valLoss!) as [number, number, number, number];
    expect(third).toBeLessThan(second);
    expect(fourth).toBeLessThan(third);
  });

  it("is refused on other data, with other settings, and where there is none", async () => {
    const other = join(folder, "other");
    writeFewDigits(other, 16);
    const images = join(other, "train-images-idx3-ubyte");
    writeFileSync(images, readFileSync(images).fill(7, 16, 99));
    const more = (name: string, ...args: string[]) => run("--name", name, "--more", "1", "--engine", "wasm", ...args);
    expect(errorLine(await more("finished", "--data", other))).toMatch(
      /^error: --more: the run was trained on other data: expected train-images-idx3-ubyte with SHA-256 /,
    );
    const set = await more("finished", "--seed", "4");
    expect([set.code, errorLine(set)]).toEqual([
      2,
      "error: --more: expected no --seed, since it goes on with the recipe of what was trained; leave it out",
    ]);
    expect(errorLine(await more("nowhere"))).toMatch(/^error: --more: expected the published run .*nowhere/);
    expect(errorLine(await run("--more", "1"))).toBe("error: --more: expected --name RUN, the published run; add it");
  });
});

describe("seeds", () => {
  it("are tried in their order, the committed run's to the losses that it recorded", async () => {
    const { run: literal } = openRun("assignment-literal");
    const seeds = String(literal.seed);
    const wasm = ["--engine", "wasm"];
    const { code, output, errors } = await run(
      "seeds",
      literal.name,
      "--seeds",
      seeds,
      "--batches",
      "2",
      ...wasm,
      "--json",
    );
    expect(code).toBe(0);
    const { recipe, batches, outcomes } = JSON.parse(output);
    expect([recipe, batches, outcomes.length]).toEqual([literal.name, 2, literal.seed]);
    const { loss } = readTable(bytesOf(literal.name, runPaths.steps));
    const last = outcomes.at(-1);
    expect(last).toMatchObject({ seed: literal.seed, collapsed: null });
    expect(last.loss / loss!.data[1]!).toBeCloseTo(1, 4);
    expect(errors.trim().split("\n").at(-1)).toBe(`seed ${literal.seed}: learns, loss ${last.loss.toFixed(4)}`);
  });

  it("of a recipe that there is not are refused", async () => {
    const refused = await run("seeds", "assignmen");
    expect([refused.code, errorLine(refused)]).toEqual([
      2,
      "error: seeds: unknown recipe: expected one of assignment, fast, assignment-literal, assignment-128, assignment-bce " +
        'but got "assignmen"',
    ]);
  });
});

describe("a run that is there", () => {
  beforeAll(async () => {
    await run(...training, "--name", "few");
  });

  it("is evaluated to what it recorded, and on other images", async () => {
    const { code, output } = await run("evaluate", "few", "--data", data, "--engine", "wasm", "--json");
    const { test } = published("few");
    expect(code).toBe(0);
    const found = JSON.parse(output);
    for (const figure of ["mse", "psnr", "ssim"] as const) expect(found[figure]).toBeCloseTo(test[figure]!, 6);
    expect(found).toMatchObject({ run: "few", images: 120, recorded: { mse: test.mse } });
    expect(found.loss).toBeCloseTo(found.mse, 7);
    const other = await run("evaluate", "few", "--engine", "wasm");
    expect(other.code).toBe(2);
    expect(errorLine(other)).toBe(
      "error: the run few: expected images of 16 × 16 × 1, which the network reads, but the data's are 28 × 28 × 1; " +
        "choose another recipe or other data",
    );
  });

  it("is summarized as Keras does", async () => {
    const { output } = await run("summary", "few");
    expect(output).toMatch(/Model: "encoder".*latent_vector \(Dense\) +\(None, 64\).*Total params: /s);
  });

  it("rebuilds pictures, says what it did to them, and replaces none", async () => {
    const png = (name: string, side: number, channels: 1 | 4, colour: (row: number, column: number) => number[]) => {
      const data = Array.from({ length: side * side }, (_, at) => colour(Math.floor(at / side), at % side)).flat();
      const picture = { width: side, height: side, channels, data: Uint8ClampedArray.from(data) };
      writeFileSync(join(folder, name), encodePng(picture));
    };
    const inside = (at: number, side: number) => at >= side / 4 && at < (3 * side) / 4;
    png("own.png", 16, 1, (row, column) => [inside(row, 16) && inside(column, 16) ? 255 : 0]);
    png("paper.png", 160, 4, (_, column) => (inside(column, 160) ? [0, 0, 255, 255] : [255, 255, 255, 255]));
    vi.stubEnv("INIT_CWD", folder); // where a person called npm
    const command = ["reconstruct", "few", "own.png", "paper.png", "--out", "rebuilt", "--engine", "wasm"];
    const { code, output } = await run(...command);
    expect(code).toBe(0);
    expect(output).toMatch(/^own\.png → \S+own-rebuilt\.png {2}MSE 0\.\d{5}\n/);
    expect(output).toContain(
      "(drawn at 16 × 16 instead of 160 × 160; its colours taken as grey; turned to white on black",
    );
    const rebuilt = readFileSync(join(folder, "rebuilt/own-rebuilt.png"));
    expect([rebuilt.readUInt32BE(16), rebuilt.readUInt32BE(20)]).toEqual([16, 16]);
    const again = await run(...command);
    expect([again.code, errorLine(again)]).toEqual([
      1,
      expect.stringMatching(/own-rebuilt\.png is there already; move it away, or give another folder with --out$/),
    ]);
    const none = await run("reconstruct", "few", "small.json", "--engine", "wasm");
    expect(errorLine(none)).toMatch(/small\.json: expected a PNG of at most 50 MB but it is none; convert it first$/);
    expect(existsSync(join(folder, "rebuilt/small-rebuilt.png"))).toBe(false);
  });
});

describe("baselines", () => {
  const page: { train: number; validation: number; pca: Record<string, number> }[] = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../apps/web/src/features/train/pca.json"), "utf8"),
  );

  it("are those that the page draws beside its trainings", async () => {
    const [smallest] = page;
    const { output } = await run("baselines", "--train", "4000", "--validation", "1000", "--json");
    const measured = JSON.parse(output);
    expect(measured.pca).toEqual(smallest?.pca);
    // By numpy: np.mean(x[4000:5000] ** 2), and np.mean((x[4000:5000] - x[:4000].mean(0)) ** 2)
    expect(measured.black).toBeCloseTo(0.113940298, 8);
    expect(measured.meanImage).toBeCloseTo(0.069554868, 8);
    // By numpy's eigh of the covariance, clipped to [0, 1].
    expect(measured.pca["2"]).toBeCloseTo(0.05728996, 7);
    expect(measured.pca["64"]).toBeCloseTo(0.0083553073, 8);
  });

  it("of all pictures are those that the committed run records", () => {
    const committed = readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8");
    const { dataset, baselines } = parseRun(committed);
    expect(page.find(({ train }) => train === dataset.split.train)?.pca["64"]).toBe(baselines.pca);
  });

  it("rebuild the digit that chapter 6 shows on its ladder, from all pictures that the committed run trained on", async () => {
    const kept = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../apps/web/content/06-training/digit-by-pca.json"), "utf8"),
    );
    const { output } = await run("baselines", "--digit", String(kept.digit), "--json");
    expect(JSON.parse(output)).toMatchObject(kept);
  });

  it("rebuild a digit only where pictures can be told", async () => {
    expect(errorLine(await run("baselines", "--digit", "1"))).toBe(
      "error: baselines: expected --json beside --digit, which rebuilds a test digit; add it",
    );
    expect(errorLine(await run("baselines", "--digit", "10000", "--json"))).toBe(
      'error: --digit: expected a whole number from 0 to 9999 but got "10000"',
    );
  });

  it("of more pictures than there are are refused", async () => {
    const ended = await run("baselines", "--train", "70000");
    expect(errorLine(ended)).toBe(
      "error: baselines: expected at most 60000 pictures in all, as many as the training file has, but got 70000 to train on " +
        "and 1 to validate on",
    );
  });
});
