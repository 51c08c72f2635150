import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, epochOrder, firstOfEachClass } from "@autoencoder/data";
import { countParameters, greyByte } from "@autoencoder/model";
import { Replica } from "@autoencoder/model/data-parallel";
import { writeKeras } from "@autoencoder/model/keras";
import { parseRun, runPaths } from "@autoencoder/model/run";
import { readState, type StartingState, Trainer } from "@autoencoder/model/training";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDataset } from "../../apps/trainer/src/dataset.ts";
import { derive } from "../../apps/trainer/src/derive.ts";
import { ThreadWorker } from "../../apps/trainer/src/engines/thread-worker.ts";
import { startWasm } from "../../apps/trainer/src/engines/wasm-backend.ts";
import { stepOf } from "../../apps/web/src/features/train/adam-step.ts";
import { fetchStart } from "../../apps/web/src/features/train/committed-start.ts";
import { remoteFile } from "../../apps/web/src/shared/run-addresses.ts";
import { type SlowStep, sharp, type Told } from "../../apps/web/src/training/messages.ts";
import { recipeOf } from "../../apps/web/src/training/recipe.ts";
import { TrainingSession } from "../../apps/web/src/training/session.ts";
import { assignmentSettings, type TrainingSettings } from "../../apps/web/src/training/settings.ts";
import { buildSite, serveSite } from "../browser/serve.ts";
import { errorLine, startHere } from "../fixtures/trainer.ts";

/** The page's training in Node, on the trainer's wasm engine: small batches, since what is asked here does not depend on their size. */
const settings: TrainingSettings = { ...assignmentSettings, batchSize: 16 };
const size = 784;
const root = join(import.meta.dirname, "../..");

let pictures: Uint8Array<ArrayBuffer>;
let watched: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  await startWasm();
  const { train, test } = await openDataset(undefined);
  pictures = Uint8Array.from(train.bytes(0, 5000));
  watched = new Uint8Array(10 * size);
  for (const [at, index] of firstOfEachClass(test.labels, 1).entries()) watched.set(test.bytes(index), at * size);
});

type Given = ConstructorParameters<typeof TrainingSession>[1];

async function open(own: TrainingSettings = settings, workers = 1, given: Pick<Given, "start" | "drawing"> = {}) {
  const told: Told[] = [];
  const session = new TrainingSession(
    {
      clock: () => performance.now() / 1000,
      now: () => "2026-01-01T00:00:00.000Z",
      tell: (message) => told.push(message),
      openReplicas: (of) =>
        workers === 1
          ? [new Replica(of)]
          : Array.from({ length: workers }, (_, at) => new ThreadWorker(`worker ${at + 1}`, of)),
      breathe: async () => {},
      keras: () => writeKeras,
    },
    { settings: own, pictures: pictures.slice(), watched, ...given },
  );
  await session.begin(own);
  const of = <Kind extends Told["tell"]>(kind: Kind) =>
    told.filter((message): message is Extract<Told, { tell: Kind }> => message.tell === kind);
  return { session, told, of, losses: () => of("step").map(({ loss }) => loss) };
}

const stateOf = async (session: TrainingSession) => readState(await session.save());

describe("a training in the page", () => {
  it("takes the steps of the trainer's loop on the same pictures, whole batches there and shards here", async () => {
    const { session, losses } = await open();
    await session.run({ steps: 4 });
    const recipe = recipeOf(settings);
    const random = createRandom(settings.seed);
    const trainer = new Trainer({
      recipe,
      random: () => random.next(),
      outputBias: settings.outputBias,
      now: "2026-01-01T00:00:00.000Z",
    });
    const expected: number[] = [];
    const images = {
      train: 4000,
      validation: 1000,
      order: (epoch: number) => epochOrder(4000, settings.seed, epoch),
      gather: (indices: Uint32Array) =>
        Float32Array.from(
          indices.length === 0
            ? []
            : [...indices].flatMap((index) => [...pictures.subarray(index * size, (index + 1) * size)]),
          (byte) => byte / 255,
        ),
    };
    for await (const event of trainer.train(images, { clock: () => 0, residentBytes: () => 0 })) {
      if (event.kind === "batch") expected.push(event.loss);
      if (expected.length === 4) break;
    }
    expect(losses()).toHaveLength(4);
    for (const [at, loss] of losses().entries()) expect(loss / (expected[at] as number)).toBeCloseTo(1, 5);
    await session.close();
  });

  it("has the same bits on one worker and on two", async () => {
    const [one, two] = [await open(), await open(settings, 2)];
    for (const { session } of [one, two]) await session.run({ steps: 3 });
    expect(two.losses()).toEqual(one.losses());
    expect((await stateOf(two.session)).weights).toEqual((await stateOf(one.session)).weights);
    for (const { session } of [one, two]) await session.close();
  });

  it("goes back to the start, and to any step, on the same bits", async () => {
    const { session, losses, of } = await open();
    await session.run({ steps: 11 });
    const before = await stateOf(session);
    await session.goOnFrom(10); // step 8 is kept, so two steps are taken again
    await session.run({ steps: 1 });
    expect(await stateOf(session)).toMatchObject({
      weights: before.weights,
      slots: before.slots,
      losses: before.losses,
    });
    const [first] = losses();
    await session.begin(settings);
    expect(of("began").at(-1)?.step).toBe(0);
    await session.run({ steps: 1 });
    expect(losses().at(-1)).toBe(first);
    await session.close();
  });

  it("goes on from a saved state as if it had never stopped", async () => {
    const { session } = await open();
    await session.run({ steps: 2 });
    const saved = await session.save();
    await session.run({ steps: 2 });
    const unbroken = await stateOf(session);
    const again = await open();
    await again.session.begin(settings, saved);
    expect(again.session.step).toBe(2);
    await again.session.run({ steps: 2 });
    expect((await stateOf(again.session)).weights).toEqual(unbroken.weights);
    for (const one of [session, again.session]) await one.close();
  });

  it("is interrupted between two batches, and goes on to where it was asked to, with the same weights", async () => {
    const [broken, unbroken] = [await open(), await open()];
    const running = broken.session.run({ steps: 3 });
    let saved = new Uint8Array();
    broken.session.interrupt(async () => {
      saved = await broken.session.save();
    });
    await running;
    expect(readState(saved).progress.step).toBe(1);
    expect(broken.of("stands").map(({ step, running: goesOn }) => [step, goesOn])).toContainEqual([1, true]);
    expect(broken.session.step).toBe(3);
    await unbroken.session.run({ steps: 3 });
    expect((await stateOf(broken.session)).weights).toEqual((await stateOf(unbroken.session)).weights);
    for (const { session } of [broken, unbroken]) await session.close();
  });

  it("tells a frame of every step, with the norms of the step's own gradient and every sum counted", async () => {
    const { session, of } = await open();
    await session.lookInside(0);
    await session.run({ steps: 2 });
    const frames = of("frame").map(({ frame }) => frame);
    expect(frames.map(({ step }) => step)).toEqual([0, 0, 1, 2]);
    const last = frames.at(-1) as (typeof frames)[number];
    const count = (bins: Int32Array) => bins.reduce((sum, bin) => sum + bin, 0);
    expect(count(last.ink)).toBe(watched.filter((byte) => byte / 255 > 0.5).length);
    expect(count(last.ink) + count(last.black)).toBe(10 * size);
    expect(Math.hypot(...last.norms)).toBeCloseTo(last.gradientNorm, 5);
    expect(last.inside?.bytes).toHaveLength(98_848);
    const errors = last.pictures.reduce((sum, byte, at) => sum + ((byte - (watched[at] as number)) / 255) ** 2, 0);
    expect(errors / (10 * size)).toBeCloseTo(last.mse, 3);
    await session.close();
  });

  it.each([1, 2])(
    "looks at a step beside the next one, on %i worker(s), and keeps what it sees after a pause there",
    async (workers) => {
      const [paused, going] = [await open(), await open(settings, workers)];
      await paused.session.lookInside(0);
      await going.session.lookInside(0);
      for (let step = 0; step < 9; step++) await paused.session.run({ steps: 1 });
      await going.session.run({ steps: 9 });
      expect(going.of("frame")).toEqual(paused.of("frame"));
      // Step 8 is kept, with its weights: the ninth is taken again from it.
      const before = await stateOf(going.session);
      await going.session.goOnFrom(9);
      expect((await stateOf(going.session)).weights).toEqual(before.weights);
      for (const { session } of [paused, going]) await session.close();
    },
  );

  it("in slow motion tells the step's own numbers: Adam moves each weight as its formula says", async () => {
    const { session, of } = await open();
    await session.run({ steps: 2 });
    const before = await stateOf(session);
    await session.slowStep();
    const after = await stateOf(session);
    const { slow } = of("slow")[0] as { slow: SlowStep };
    const kernel = (weights: Float32Array) => weights.subarray(weights.length - 289, weights.length - 1);
    expect(slow.step).toBe(3);
    expect(slow.before).toEqual(kernel(before.weights));
    expect(slow.after).toEqual(kernel(after.weights));
    for (let weight = 0; weight < 288; weight++) {
      const moved = (slow.after[weight] as number) - (slow.before[weight] as number);
      expect(Math.abs(moved - stepOf(slow, weight).change)).toBeLessThan(1e-7);
    }
    // The first moment has moved by a tenth of the way to the gradient.
    const [m, g] = [kernel(before.slots?.m as Float32Array), slow.gradient];
    for (let weight = 0; weight < 288; weight++) {
      const expected = 0.9 * (m[weight] as number) + 0.1 * (g[weight] as number);
      expect(Math.abs((slow.m?.[weight] as number) - expected)).toBeLessThan(1e-8);
    }
    const [painted] = of("frame").filter(({ frame }) => frame.step === 3);
    expect(Uint8Array.from(slow.outputAfter, greyByte)).toEqual(painted?.frame.pictures.slice(0, size));
    await session.close();
  });

  it("has networks with fewer filters: the counts of 16 and 32 are 105,216 and 115,937", async () => {
    const { spec } = recipeOf({ ...settings, filters: 16 });
    expect([countParameters(spec.encoder), countParameters(spec.decoder)]).toEqual([105_216, 115_937]);
    const { session, losses } = await open({ ...settings, filters: 8, latent: 2 });
    await session.run({ steps: 2 });
    expect(losses()).toHaveLength(2);
    await session.close();
  });

  it("pauses by itself at an epoch's end, and once validation is low", async () => {
    const { session } = await open({ ...settings, batchSize: 256, filters: 8, learningRate: 0.01 });
    session.pauseByItself("epoch");
    await session.run("paused");
    expect(session.step).toBe(16);
    session.pauseByItself("sharp");
    await session.run("paused");
    const { history } = (await stateOf(session)).progress;
    const losses = history.map(({ valLoss }) => valLoss as number);
    expect(losses.length).toBeGreaterThan(1);
    expect(losses.at(-1)).toBeLessThan(sharp);
    for (const loss of losses.slice(0, -1)) expect(loss).toBeGreaterThanOrEqual(sharp);
    await session.close();
  });

  it("knows what a loss is compared with", async () => {
    const { session } = await open();
    const { black, grey, meanImage, meanPixelLogit } = session.baselines();
    let [squares, sum, variance] = [0, 0, 0];
    for (const byte of pictures.subarray(4000 * size)) squares += (byte / 255) ** 2;
    for (const byte of pictures.subarray(0, 4000 * size)) sum += byte / 255;
    expect(black).toBeCloseTo(squares / (1000 * size), 10);
    const mean = sum / (4000 * size);
    expect(meanPixelLogit).toBeCloseTo(Math.log(mean / (1 - mean)), 10);
    for (const byte of pictures.subarray(4000 * size)) variance += (byte / 255 - mean) ** 2;
    expect(grey).toBeCloseTo(variance / (1000 * size), 10);
    expect(grey).toBeLessThan(black);
    expect(meanImage).toBeGreaterThan(0.06);
    expect(meanImage).toBeLessThan(grey);
    await session.close();
  });
});

describe("a change of settings", () => {
  async function changed(change: Partial<TrainingSettings>): Promise<{ before: StartingState; after: StartingState }> {
    const { session } = await open();
    await session.run({ steps: 2 });
    const before = await stateOf(session);
    await session.change({ ...settings, ...change });
    const after = await stateOf(session);
    await session.run({ steps: 1 });
    await session.close();
    return { before, after };
  }

  it("of the rate goes on with all that was learned", async () => {
    const { before, after } = await changed({ learningRate: 0.01 });
    expect(after.weights).toEqual(before.weights);
    expect(after.slots).toEqual(before.slots);
    expect(after.progress.step).toBe(2);
  });

  it("of the bias sets the last weight, and nothing else", async () => {
    const { before, after } = await changed({ outputBias: 0.5 });
    expect(after.weights.at(-1)).toBe(0.5);
    expect(after.weights.subarray(0, -1)).toEqual(before.weights.subarray(0, -1));
  });

  it("of the optimizer begins its memory anew", async () => {
    const { before, after } = await changed({ optimizer: "sgd" });
    expect(after.weights).toEqual(before.weights);
    expect(after.slots).toEqual({});
    expect(after.progress.optimizerFrom).toBe(2);
  });

  it("of the batch size begins its epoch again", async () => {
    const { after } = await changed({ batchSize: 32 });
    expect(after.progress).toMatchObject({ step: 2, epoch: 0, batch: 0 });
  });

  it("of the code begins another network", async () => {
    const { before, after } = await changed({ latent: 2 });
    expect(after.progress.step).toBe(0);
    expect(after.weights.length).toBeLessThan(before.weights.length);
  });

  it("redraws the decoder and leaves the encoder", async () => {
    const { session } = await open();
    await session.run({ steps: 1 });
    const before = (await stateOf(session)).weights;
    await session.redraw();
    const after = (await stateOf(session)).weights;
    const encoder = 219_584;
    expect(after.subarray(0, encoder)).toEqual(before.subarray(0, encoder));
    const kept = after.subarray(encoder).filter((value, at) => value === before[encoder + at] && value !== 0).length;
    expect(kept).toBe(0);
    await session.close();
  });
});

/** The weights of a run, as the page's training takes them; any of the right number do here. */
const startWith = (count: number) => ({
  run: "assignment",
  files: [{ path: "encoder/weights.bin", sha256: "ab".repeat(32) }],
  weights: Float32Array.from({ length: count }, (_, at) => Math.sin(at) / 50),
});
const { encoder, decoder } = recipeOf(settings).spec;
const weightCount = countParameters(encoder) + countParameters(decoder);

describe("a training that begins from a run", () => {
  const tuned: TrainingSettings = { ...settings, start: "trained" };

  it("has exactly its weights at step 0, again at each return, and an optimizer that remembers nothing", async () => {
    const start = startWith(weightCount);
    const { session, of } = await open(tuned, 1, { start });
    const began = await stateOf(session);
    expect(began.weights).toEqual(start.weights);
    expect(
      Object.values(began.slots)
        .flatMap((slot) => [...slot])
        .every((value) => value === 0),
    ).toBe(true);
    await session.run({ steps: 2 });
    const saved = await session.save();
    await session.begin(tuned);
    expect((await stateOf(session)).weights).toEqual(start.weights);
    expect(new Set(of("start measured").map(({ mse }) => mse)).size).toBe(1);
    await session.close();

    // A later visit shows what was before the first step, and goes back to it.
    const later = await open(tuned, 1, { start });
    await later.session.begin(tuned, saved);
    expect(
      later
        .of("frame")
        .slice(-2)
        .map(({ frame }) => frame.step),
    ).toEqual([0, 2]);
    await later.session.goOnFrom(0);
    expect((await stateOf(later.session)).weights).toEqual(start.weights);
    await later.session.close();
  });

  it("has the run's output bias as its setting until that is changed, again at each return, and says both in its course", async () => {
    const start = startWith(weightCount);
    start.weights.fill(-0.625, -1);
    const { session, of } = await open(tuned, 1, { start });
    const bias = () => of("began").at(-1)?.settings.outputBias;
    expect(bias()).toBe(-0.63);
    await session.change({ ...tuned, outputBias: -0.63, learningRate: 0.002 });
    expect((await stateOf(session)).weights.at(-1)).toBe(-0.625);
    await session.change({ ...tuned, outputBias: -1.5, learningRate: 0.002 });
    expect((await stateOf(session)).weights.at(-1)).toBe(-1.5);
    const { page, outputBias } = JSON.parse(
      new TextDecoder().decode((await session.exported("a browser"))["training.json"]),
    );
    expect(outputBias).toBe(-0.625);
    expect(page.changes).toEqual([
      { step: 0, what: "learning rate 0.001 to 0.002" },
      { step: 0, what: "output bias -0.63 to -1.5" },
    ]);
    await session.begin({ ...tuned, outputBias: -1.5 });
    expect(bias()).toBe(-0.63);
    expect((await stateOf(session)).weights).toEqual(start.weights);
    await session.close();
  });

  it("does not begin where there are no weights, or too few", async () => {
    await expect(open(tuned)).rejects.toThrow(/begins from 479105 weights but no run has 0/);
    await expect(open(tuned, 1, { start: startWith(9) })).rejects.toThrow("weights but assignment has 9");
  });
});

describe("what is downloaded from the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "from-page-"));
  const artifacts = join(folder, "artifacts");
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const trainer = (...args: string[]) => startHere([...args, "--engine", "wasm", "--slim"], artifacts).ended;
  const published = (name: string) => parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));
  const endOf = (name: string) => readState(readFileSync(join(artifacts, name, "checkpoint.safetensors")));
  const zipped = (name: string, files: Record<string, Uint8Array>) => {
    const path = join(folder, name);
    writeFileSync(path, zipSync(files));
    return path;
  };

  it("is a run once the trainer has ended its epoch and trained one more, with the weights that the page comes to, bit for bit", async () => {
    // Sixteen batches an epoch.
    const own = { ...assignmentSettings, batchSize: 256, outputBias: -1.5 };
    const { session } = await open(own);
    await session.run({ steps: 2 });
    await session.change({ ...own, learningRate: 0.002, outputBias: -1.9 });
    await session.run({ steps: 15 });
    const zip = zipped("trained-here.zip", await session.exported("a browser"));
    for (const _epoch of [2, 3]) await session.run("epoch end");
    const page = await stateOf(session);
    await session.close();

    const ended = await trainer("--from", zip, "--more", "1", "--name", "taken");
    expect(ended.errors).toBe("");
    expect(ended.code).toBe(0);
    expect(ended.output).toContain("goes on after step 17 of a training in a page");
    const run = published("taken");
    expect(run.page).toEqual({
      browser: "a browser",
      steps: 17,
      changes: [
        { step: 2, what: "learning rate 0.001 to 0.002" },
        { step: 2, what: "output bias -1.5 to -1.9" },
      ],
    });
    expect(run).toMatchObject({ outputBias: -1.5, recipe: { epochs: 3, batchSize: 256, images: [0, 5000] } });
    expect(run.dataset.split).toEqual({ train: 4000, validation: 1000 });
    const trained = endOf("taken");
    expect(trained.progress.step).toBe(48);
    expect(trained.weights).toEqual(page.weights);
    expect(trained.slots).toEqual(page.slots);
    expect(trained.losses).toEqual(page.losses);
    expect(run.history.map(({ loss, valLoss }) => [loss, valLoss])).toEqual(
      page.progress.history.map(({ loss, valLoss }) => [loss, valLoss]),
    );
  }, 300_000);

  it("is a run that names the one whose weights it began from, in run.json and in its report", async () => {
    const committed = parseRun(readFileSync(join(root, "artifacts/assignment/run.json"), "utf8"));
    vi.stubGlobal("fetch", async (address: string) => {
      const [, , run, , ...path] = address.split("/");
      return new Response(readFileSync(join(root, "artifacts", run as string, ...path)));
    });
    const parts = ["encoder", "decoder"].map((part) => ({
      path: `${part}/weights.bin`,
      model: remoteFile(committed, `${part}/model.json`),
      weights: remoteFile(committed, `${part}/weights.bin`),
    }));
    const own: TrainingSettings = { ...assignmentSettings, batchSize: 256, start: "trained" };
    const { latent, filters } = own;
    const start = await fetchStart([{ run: committed.name, latent, filters, images: 54_000, parts }], own);
    vi.unstubAllGlobals();
    const { session } = await open(own, 1, { start });
    await session.run({ steps: 1 });
    const zip = zipped("tuned.zip", await session.exported("a browser"));
    await session.close();

    const ended = await trainer("--from", zip, "--name", "tuned");
    expect(ended.errors).toBe("");
    const run = published("tuned");
    const listed = (path: string) => committed.files.find((file) => file.path === path)?.sha256;
    expect(run.page).toEqual({
      browser: "a browser",
      steps: 1,
      start: {
        run: "assignment",
        files: ["encoder/weights.bin", "decoder/weights.bin"].map((path) => ({ path, sha256: listed(path) })),
      },
    });
    expect(run.outputBias).toBe(start.weights.at(-1));
    // Sixteen steps from random weights leave ten times as much.
    expect(run.test.mse).toBeLessThan(0.006);

    await buildSite();
    const site = await serveSite({ RUNS_DIR: artifacts });
    try {
      const page = await (await fetch(`${site.url}/runs/tuned/report`)).text();
      expect(page).toContain("It began with the weights of the run assignment.");
    } finally {
      site.stop();
    }
  });

  it("says from which run's weights it began, and at which bias", async () => {
    const start = startWith(weightCount);
    const { session } = await open({ ...settings, start: "trained" }, 1, { start });
    await session.run({ steps: 1 });
    const files = await session.exported("a browser");
    await session.close();
    const { page, outputBias } = JSON.parse(new TextDecoder().decode(files["training.json"]));
    expect(page).toEqual({ browser: "a browser", steps: 1, start: { run: start.run, files: start.files } });
    expect(outputBias).toBe(start.weights.at(-1));
  });

  it("holds the reader's drawing: run, interrupted and resumed, and --more train on it to the page's weights, bit for bit", async () => {
    const drawing = Uint8Array.from({ length: size }, (_, at) => (at % 28 > 11 && at % 28 < 16 ? 255 : at % 3));
    const own: TrainingSettings = { ...assignmentSettings, batchSize: 256, filters: 8, drawing: "train" };
    const { session } = await open(own, 1, { drawing });
    await session.run({ steps: 3 });
    const files = await session.exported("a browser");
    const zip = zipped("drawn.zip", files);
    const ends: StartingState[] = [];
    for (const _epoch of [1, 2]) {
      await session.run("epoch end");
      ends.push(await stateOf(session));
    }
    await session.close();
    // The file as its format says: a magic, one picture, 28 rows and 28 columns, then the bytes.
    const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, ...drawing]);
    const placed = {
      from: 3800,
      to: 4000,
      path: "drawing-idx3-ubyte",
      sha256: createHash("sha256").update(idx).digest("hex"),
    };
    expect(idx.equals(files[placed.path] as Uint8Array)).toBe(true);

    const whole = ["--from", zip, "--name", "drawn", "--engine", "wasm"];
    let pressed = false;
    const broken = await startHere(whole, artifacts, (seen, { interrupt }) => {
      if (pressed || !seen.includes("epoch 1/1")) return;
      pressed = true;
      interrupt();
    }).ended;
    expect([broken.code, broken.errors]).toEqual([130, ""]);
    expect(broken.output).toContain("4000 images to train on (200 of them a reader's drawing), 1000 to validate on");
    const other = { ...files, [placed.path]: Uint8Array.from(idx).with(99, 7) };
    const sha256 = createHash("sha256")
      .update(other[placed.path] as Uint8Array)
      .digest("hex");
    const text = new TextDecoder().decode(files["training.json"]).replace(placed.sha256, sha256);
    other["training.json"] = new TextEncoder().encode(text);
    const another = await startHere(["--from", zipped("other.zip", other), ...whole.slice(2), "--resume"], artifacts)
      .ended;
    expect(errorLine(another)).toContain("--resume: the checkpoint is of another run: expected dataset");
    const resumed = await startHere([...whole, "--resume"], artifacts).ended;
    expect([resumed.code, resumed.errors]).toEqual([0, ""]);
    // PCA is of the images with the drawing among them, whenever it is computed.
    const statistics = () => readFileSync(join(artifacts, "drawn", runPaths.statistics));
    const before = statistics();
    await derive({ name: "drawn", engine: "wasm", data: undefined }, { columns: undefined, write: () => {} }, [
      runPaths.statistics,
    ]);
    expect(statistics().equals(before)).toBe(true);
    const more = await trainer("--name", "drawn", "--more", "1");
    expect([more.code, more.errors]).toEqual([0, ""]);

    // Pixels trained on, the drawing's 200 times: written out here, apart from the trainer's sums.
    const sum = (bytes: Uint8Array) => bytes.reduce((all, byte) => all + byte, 0);
    const meanPixel = (sum(pictures.subarray(0, 3800 * size)) + 200 * sum(drawing)) / (4000 * size * 255);
    let black = 0;
    for (const byte of pictures.subarray(4000 * size, 5000 * size)) black += (byte / 255) ** 2 / (1000 * size);
    for (const [at, name] of ["drawn", "drawn-to-2-epochs"].entries()) {
      const run = published(name);
      expect(run.page).toEqual({ browser: "a browser", steps: 3, drawing: placed });
      expect(run.files).toContainEqual({ path: placed.path, bytes: 800, sha256: placed.sha256 });
      expect(idx.equals(readFileSync(join(artifacts, name, placed.path)))).toBe(true);
      expect(run.outputBias).toBe(-1.9);
      expect(run.dataset.meanPixel).toBeCloseTo(meanPixel, 12);
      expect(run.baselines.black).toBeCloseTo(black, 10);
      const [trained, page] = [endOf(name), ends[at] as StartingState];
      expect(trained.progress.step).toBe(16 * (at + 1));
      expect(trained.weights).toEqual(page.weights);
      expect(trained.slots).toEqual(page.slots);
      expect(trained.losses).toEqual(page.losses);
      expect(run.history.map(({ loss, valLoss }) => [loss, valLoss])).toEqual(
        page.progress.history.map(({ loss, valLoss }) => [loss, valLoss]),
      );
    }
    expect(published("drawn-to-2-epochs").continues).toMatchObject({ run: "drawn", optimizer: "kept" });
    // Without the drawing in its place, the first step after the download has another loss.
    const watching = await open({ ...own, drawing: "watch" });
    await watching.session.begin({ ...own, drawing: "watch" }, files["checkpoint.safetensors"]);
    await watching.session.run({ steps: 1 });
    expect((await stateOf(watching.session)).losses.at(-1)).not.toBe(ends[0]?.losses[3]);
    await watching.session.close();
  }, 300_000);

  it("that is something else is refused in one line that says what it is", async () => {
    const described = (await (async () => {
      const { session } = await open();
      const files = await session.exported("a browser");
      await session.close();
      return files;
    })()) as Record<"training.json" | "checkpoint.safetensors", Uint8Array>;
    const { "training.json": json, "checkpoint.safetensors": checkpoint } = described;
    const other = new TextEncoder().encode(new TextDecoder().decode(json).replace('"units": 64', '"units": 65'));
    writeFileSync(join(folder, "no.zip"), "no zip");
    const cases: [string, string][] = [
      [join(folder, "missing.zip"), "there is no such file"],
      [join(folder, "no.zip"), "it is no zip"],
      [zipped("empty.zip", {}), "it has no training.json"],
      [zipped("half.zip", { "training.json": json }), "it has no checkpoint.safetensors"],
      [
        zipped("cut.zip", { "training.json": json, "checkpoint.safetensors": checkpoint.slice(0, 99) }),
        "its checkpoint.safetensors is damaged",
      ],
      [zipped("other.zip", { "training.json": other, "checkpoint.safetensors": checkpoint }), "training.json"],
    ];
    for (const [path, came] of cases) {
      const ended = await startHere(["--from", path], artifacts).ended;
      expect(ended.code).toBe(2);
      expect(errorLine(ended)).toContain(`--from: expected the zip that /train gives to download but ${came}`);
    }
    expect(errorLine(await startHere(["--from", "x.zip", "--epochs", "3"], artifacts).ended)).toBe(
      "error: --from: expected no --epochs, since it goes on with the recipe of what was trained; leave it out",
    );
  });
});
