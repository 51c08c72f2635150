import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { AutoencoderSpec } from "../network/spec.ts";
import { CollapseDetector, collapseRule, greatestDeviation } from "./collapse.ts";
import { DataParallel, Replica, type TrainingWorker, WorkerLostError } from "./data-parallel/index.ts";
import { earlyStop } from "./early-stopping.ts";
import { DivergedError, type TrainingEvent } from "./events.ts";
import { registerFastGradients, registerWasmGradients } from "./gradients/index.ts";
import { Trainer, type TrainingImages } from "./loop.ts";
import { Optimizer, type OptimizerSettings } from "./optimizer.ts";
import { predict } from "./predict.ts";
import { findRecipe, type Recipe } from "./recipes/index.ts";
import { learningRateAt } from "./schedule.ts";
import { readState, type TrainingState, writeState } from "./state.ts";

const require = createRequire(import.meta.url);
beforeAll(async () => {
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await tf.setBackend("wasm");
  registerFastGradients();
  registerWasmGradients();
});

/** 4×4 pictures, 3 numbers, 4×4 pictures: small enough to train in milliseconds. */
const tiny: AutoencoderSpec = {
  encoder: {
    name: "encoder",
    layers: [
      { className: "InputLayer", name: "encoder_input", shape: [4, 4, 1] },
      { className: "Conv2D", name: "conv2d", filters: 2, kernelSize: [3, 3], padding: "same", activation: "relu" },
      { className: "MaxPooling2D", name: "max_pooling2d", poolSize: [2, 2], padding: "valid" },
      { className: "Flatten", name: "flatten" },
      { className: "Dense", name: "latent_vector", units: 3, activation: "linear" },
    ],
  },
  decoder: {
    name: "decoder",
    layers: [
      { className: "InputLayer", name: "decoder_input", shape: [3] },
      { className: "Dense", name: "dense", units: 8, activation: "relu" },
      { className: "Reshape", name: "reshape", targetShape: [2, 2, 2] },
      { className: "UpSampling2D", name: "up_sampling2d", size: [2, 2] },
      { className: "Conv2D", name: "conv2d_1", filters: 1, kernelSize: [3, 3], padding: "same", activation: "sigmoid" },
    ],
  },
};
const recipe = { ...findRecipe("assignment"), spec: tiny, epochs: 3, batchSize: 8 };
const now = "2026-01-01T00:00:00.000Z";

/** A linear congruential generator (Numerical Recipes' constants): any seeded numbers do here. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
function pictures(train: number, validation: number, pixel = seeded(1)): TrainingImages {
  const all = Float32Array.from({ length: (train + validation) * 16 }, () => pixel());
  return {
    train,
    validation,
    order: (epoch) => Uint32Array.from({ length: train }, (_, index) => (index * 7 + epoch) % train),
    gather: (indices) => {
      const out = new Float32Array(indices.length * 16);
      indices.forEach((picture, at) => {
        out.set(all.subarray(picture * 16, (picture + 1) * 16), at * 16);
      });
      return out;
    },
  };
}
const surroundings = () => {
  let seconds = 0;
  return { clock: () => ++seconds, residentBytes: () => 1024 };
};
async function collect(trainer: Trainer, images: TrainingImages): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of trainer.train(images, surroundings())) events.push(event);
  return events;
}
const fresh = (parallel?: DataParallel) =>
  new Trainer({ recipe, random: seeded(3), outputBias: 0, now, ...(parallel && { parallel }) });

describe("an optimizer", () => {
  const adam = recipe.optimizer;
  // keras.optimizers of 3.15.1 on a float32 variable [0.5, -1, 2, 1e-3], these gradients one after another.
  const gradients = [
    [1, -2, 0.5, 1e-6],
    [0.5, -1, 0.25, -1e-6],
    [-0.1, 3, 2, 5e-4],
  ];
  it.each<[string, OptimizerSettings, number[][]]>([
    [
      "SGD(0.1)",
      { name: "sgd", learningRate: 0.1, momentum: 0, nesterov: false },
      [
        [0.4000000059604645, -0.800000011920929, 1.9500000476837158, 0.000999900046736002],
        [0.3499999940395355, -0.699999988079071, 1.9250000715255737, 0.0010000000474974513],
        [0.35999998450279236, -1.0, 1.725000023841858, 0.0009500000160187483],
      ],
    ],
    [
      "SGD(0.1, momentum=0.9)",
      { name: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: false },
      [
        [0.4000000059604645, -0.800000011920929, 1.9500000476837158, 0.000999900046736002],
        [0.25999999046325684, -0.5199999809265137, 1.8799999952316284, 0.000999910058453679],
        [0.14399999380111694, -0.5679999589920044, 1.6169999837875366, 0.0009499190491624177],
      ],
    ],
    [
      "SGD(0.1, momentum=0.9, nesterov=True)",
      { name: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: true },
      [
        [0.3100000023841858, -0.6200000047683716, 1.9049999713897705, 0.0009998100576922297],
        [0.1340000033378601, -0.2680000066757202, 1.816999912261963, 0.0009999190224334598],
        [0.03959999978542328, -0.6112000346183777, 1.3802999258041382, 0.0009049271466210485],
      ],
    ],
    [
      "AdamW(0.01, weight_decay=0.1)",
      { ...adam, name: "adamw", learningRate: 0.01, weightDecay: 0.1 } as OptimizerSettings,
      [
        [0.48950010538101196, -0.9890000820159912, 1.9880001544952393, -0.001403514645062387],
        [0.4796889126300812, -0.9786893725395203, 1.976690411567688, -0.0012395004741847515],
        [0.4726018011569977, -0.9785304069519043, 1.9666228294372559, -0.007585056591778994],
      ],
    ],
  ])("%s moves weights as Keras 3.15 does, step by step", async (_, settings, expected) => {
    await expectSteps(settings, gradients, expected);
  });

  it("Adam(1e-3) does too, over gradients of all sizes", async () => {
    const gradients = [
      [0.1, -2.0, 1e-6, 0.0],
      [0.3, -1.0, -1e-6, 1e-8],
      [-0.2, 0.5, 3e-6, 0.0],
      [0.0, 0.0, 1e-7, 5.0],
    ];
    await expectSteps(adam, gradients, [
      [0.49900004267692566, -0.9990000128746033, 1.9997597932815552, 0.0010000000474974513],
      [0.4980822801589966, -0.9980678558349609, 1.999776005744934, 0.0009976542787626386],
      [0.49782437086105347, -0.9975041747093201, 1.9994890689849854, 0.0009958419250324368],
      [0.4976131021976471, -0.9970424771308899, 1.9992451667785645, 0.00041471951408311725],
    ]);
  });

  async function expectSteps(settings: OptimizerSettings, gradients: number[][], expected: number[][]) {
    const weights = tf.variable(tf.tensor1d([0.5, -1, 2, 1e-3]));
    const optimizer = new Optimizer([weights], settings);
    for (const [index, gradient] of gradients.entries()) {
      optimizer.apply(tf.tensor1d(gradient), optimizer.numbers(index + 1, settings.learningRate));
      const got = await weights.data();
      expected[index]!.forEach((value, at) => {
        expect(Math.abs(got[at]! - value)).toBeLessThanOrEqual(2.5e-7 * Math.max(1, Math.abs(value)));
      });
    }
  }

  it.each<[string, Partial<Recipe>]>([
    ["SGD", { optimizer: { name: "sgd", learningRate: 0.1, momentum: 0, nesterov: false } }],
    [
      "momentum and a cosine",
      {
        optimizer: { name: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: true },
        schedule: { name: "cosine", warmupSteps: 2, alpha: 0 },
      },
    ],
    ["AdamW", { optimizer: { ...adam, name: "adamw", weightDecay: 0.01 } as OptimizerSettings }],
  ])(
    "%s continues from the bytes of a checkpoint to the weights of an unbroken training, bit for bit",
    async (_, of) => {
      const other = { ...recipe, ...of };
      const start = (state?: TrainingState) =>
        new Trainer({ recipe: other, random: seeded(3), outputBias: 0, now, state });
      const images = pictures(20, 4);
      const whole = start();
      await collect(whole, images);
      const broken = start();
      let batches = 0;
      for await (const event of broken.train(images, surroundings())) {
        if (event.kind === "batch" && ++batches === 5) broken.stop();
      }
      const resumed = start(readState(writeState(await broken.state("the same run"))));
      await collect(resumed, images);
      const [ends, expected] = [await resumed.state(""), await whole.state("")];
      expect({ weights: ends.weights, slots: ends.slots }).toEqual({
        weights: expected.weights,
        slots: expected.slots,
      });
      expect(whole.losses.at(-1)).not.toBe(whole.losses[0]);
    },
  );

  it("does not start from what another one remembered", () => {
    const weights = tf.variable(tf.tensor1d([1]));
    expect(() => new Optimizer([weights], adam, { m: Float32Array.of(0) })).toThrow(
      "checkpoint: expected a tensor v, which adam remembers, but got m",
    );
  });
});

describe("early stopping", () => {
  it("ends a training after as many epochs without a lower validation loss, and says which was the best", async () => {
    // At a rate of 0 nothing ever gets better than after the first epoch.
    const still = { ...recipe.optimizer, learningRate: Number.MIN_VALUE };
    const other = { ...recipe, optimizer: still, epochs: 9, earlyStopping: { patience: 2 } };
    const trainer = new Trainer({ recipe: other, random: seeded(3), outputBias: 0, now });
    const events = await collect(trainer, pictures(20, 4));
    expect(events.slice(-2)).toEqual([
      { kind: "earlyStop", epoch: 3, best: 1 },
      { kind: "end", reason: "complete" },
    ]);
    const state = readState(writeState(await trainer.state("the same run")));
    const again = new Trainer({ recipe: other, random: seeded(3), outputBias: 0, now, state });
    expect((await collect(again, pictures(20, 4))).map(({ kind }) => kind)).toEqual(["earlyStop", "end"]);
  });

  it.each([
    [[0.5, 0.4, 0.41, 0.42], 2, { epoch: 4, best: 2 }],
    [[0.5, 0.4, 0.41], 2, undefined],
    [[0.5, 0.4, 0.41, 0.39], 2, undefined],
    [[0.5, 0.4, 0.4], 1, { epoch: 3, best: 2 }],
    [[], 1, undefined],
  ])("after validation losses %j and with a patience of %i: %j, as Keras's", (losses, patience, expected) => {
    const history = losses.map((valLoss, at) => {
      return { epoch: at + 1, loss: 1, valLoss, seconds: 1, imagesPerSecond: 1, residentBytes: 0 };
    });
    expect(earlyStop(history, { patience })).toEqual(expected);
    expect(earlyStop(history, undefined)).toBe(undefined);
  });
});

describe("the learning rate", () => {
  const rates = (schedule: Recipe["schedule"], steps: number[]) =>
    steps.map((step) =>
      learningRateAt(
        { optimizer: { ...recipe.optimizer, learningRate: 0.02 }, schedule },
        step + 1, // Keras counts them from 0
        { perEpoch: 20, epochs: 5 },
      ),
    );

  it.each<[string, Recipe["schedule"], number[], number[]]>([
    ["without a schedule", undefined, [0, 99], [0.02, 0.02]],
    ["up, and constant", { name: "constant", warmupSteps: 10 }, [0, 5, 10, 99], [0, 0.01, 0.02, 0.02]],
    [
      "CosineDecay(0.0, 90, alpha=0.1, warmup_target=0.02, warmup_steps=10)",
      { name: "cosine", warmupSteps: 10, alpha: 0.1 },
      [0, 1, 5, 9, 10, 11, 55, 99, 100],
      [
        0.0, 0.0020000000949949026, 0.009999999776482582, 0.017999999225139618, 0.019999999552965164,
        0.019994517788290977, 0.01099999900907278, 0.0020054823253303766, 0.0020000000949949026,
      ],
    ],
    [
      "CosineDecay(0.02, 100)",
      { name: "cosine", warmupSteps: 0, alpha: 0 },
      [0, 50, 99],
      [0.019999999552965164, 0.009999998845160007, 4.934668595524272e-6],
    ],
    [
      "ExponentialDecay(0.02, 20, 0.5, staircase=True)",
      { name: "step", warmupSteps: 0, decayEpochs: 1, decayRate: 0.5 },
      [0, 19, 20, 39, 40, 99],
      [
        0.019999999552965164, 0.019999999552965164, 0.009999999776482582, 0.009999999776482582, 0.004999999888241291,
        0.0012499999720603228,
      ],
    ],
  ])("%s, is Keras's at each step", (_, schedule, steps, expected) => {
    for (const [at, rate] of rates(schedule, steps).entries()) expect(rate).toBeCloseTo(expected[at]!, 8);
  });
});

describe("the training loop", () => {
  it("tells every batch and epoch in order, and the loss falls", async () => {
    const events = await collect(fresh(), pictures(20, 4));
    expect(events.map(({ kind }) => kind).join(" ")).toBe(
      "batch batch batch epoch batch batch batch epoch batch batch batch epoch end",
    );
    const records = events.flatMap((event) => (event.kind === "epoch" ? [event.record] : []));
    expect(records[2]!.loss!).toBeLessThan(records[0]!.loss!);
    expect(records[2]!.valLoss).not.toBeNull();
    expect(events.at(-1)).toEqual({ kind: "end", reason: "complete" });
  });

  it("reports the mean over images as an epoch's loss, the last batch counting for its own size", async () => {
    const trainer = fresh();
    const events = await collect(trainer, pictures(20, 0));
    const first = events.flatMap((event) => (event.kind === "batch" && event.epoch === 1 ? [event.loss] : []));
    const record = events.find((event) => event.kind === "epoch");
    const expected = (first[0]! * 8 + first[1]! * 8 + first[2]! * 4) / 20;
    expect(record?.kind === "epoch" && record.record.loss).toBeCloseTo(expected, 12);
    expect(record?.kind === "epoch" && record.record.valLoss).toBeNull();
    expect(trainer.losses).toHaveLength(9);
  });

  it("continues from the bytes of a checkpoint within an epoch to the same weights, bit for bit", async () => {
    const images = pictures(20, 4);
    const whole = fresh();
    await collect(whole, images);
    const broken = fresh();
    let batches = 0;
    for await (const event of broken.train(images, surroundings())) {
      if (event.kind === "batch" && ++batches === 5) broken.stop();
      if (event.kind === "end") expect(event.reason).toBe("interrupted");
    }
    expect(batches).toBe(5);
    const state = readState(writeState(await broken.state("the same run")));
    expect(state.fingerprint).toBe("the same run");
    expect(state.progress).toMatchObject({ epoch: 1, batch: 2, step: 5, startedAt: now });
    const resumed = new Trainer({ recipe, random: seeded(99), outputBias: 0, now: "2030-01-01T00:00:00.000Z", state });
    await collect(resumed, images);
    expect(await resumed.state("")).toMatchObject({
      weights: (await whole.state("")).weights,
      slots: (await whole.state("")).slots,
    });
    expect(resumed.losses).toEqual(whole.losses.map(Math.fround));
    expect(resumed.progress.history.map(({ loss }) => loss)).toEqual(whole.progress.history.map(({ loss }) => loss));
  });

  it("keeps no tensors from batch to batch", async () => {
    const counts: number[] = [];
    const trainer = fresh();
    for await (const event of trainer.train(pictures(20, 4), surroundings())) {
      if (event.kind === "batch") counts.push(tf.memory().numTensors);
    }
    expect(new Set(counts).size).toBe(1);
  });

  it("ends with a clear error when a loss is no number", async () => {
    const broken = pictures(20, 4, () => Number.NaN);
    const error = await collect(fresh(), broken).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DivergedError);
    expect(String(error)).toContain("expected a finite loss but got NaN in epoch 1, batch 1");
  });

  it("names a collapse after 50 batches without gradient or difference, and stops where the recipe says so", async () => {
    // With an output bias of −200 the sigmoid is 0 in float32 and its gradient vanishes: the collapsed state itself.
    const dead = (onCollapse: "stop" | "continue") =>
      new Trainer({ recipe: { ...recipe, onCollapse, epochs: 21 }, random: seeded(3), outputBias: -200, now });
    const stopped = await collect(dead("stop"), pictures(20, 4));
    expect(stopped.filter(({ kind }) => kind === "batch")).toHaveLength(collapseRule.patience);
    expect(stopped.at(-2)).toMatchObject({ kind: "collapse", epoch: 17, batch: 2 });
    expect(stopped.at(-1)).toEqual({ kind: "end", reason: "collapsed" });
    const continued = await collect(dead("continue"), pictures(20, 4));
    expect(continued.filter(({ kind }) => kind === "epoch")).toHaveLength(21);
    expect(continued.filter(({ kind }) => kind === "collapse")).toHaveLength(1);
    expect(continued.at(-1)).toEqual({ kind: "end", reason: "collapsed" });
  });
});

describe("a checkpoint of the very batch at which a run is found to have collapsed", () => {
  it("ends there where the recipe stops at a collapse, and keeps the collapse where it goes on", async () => {
    for (const onCollapse of ["stop", "continue"] as const) {
      const options = { recipe: { ...recipe, onCollapse, epochs: 21 }, random: seeded(3), outputBias: -200, now };
      const broken = new Trainer(options);
      let batches = 0;
      for await (const event of broken.train(pictures(20, 4), surroundings())) {
        if (event.kind === "batch" && ++batches === collapseRule.patience) break;
      }
      const state = readState(writeState(await broken.state("the same run")));
      expect(state.progress.collapse).toMatchObject({ epoch: 17, batch: 2 });
      const resumed = new Trainer({ ...options, state });
      const events = await collect(resumed, pictures(20, 4));
      expect(events.at(-1)).toEqual({ kind: "end", reason: "collapsed" });
      expect(events.filter(({ kind }) => kind === "batch")).toHaveLength(onCollapse === "stop" ? 0 : 13);
      expect(resumed.progress.collapse).toMatchObject({ epoch: 17, batch: 2 });
    }
  });
});

describe("data-parallel training", () => {
  const of = { spec: tiny, loss: recipe.loss };
  /** `count` workers on this thread; the first is the slowest, so that answers come in another order than the shards. */
  const workers = (count: number): TrainingWorker[] =>
    Array.from({ length: count }, (_, at) => {
      const replica = new Replica(of);
      const ask: TrainingWorker["ask"] = async (request) => {
        const answer = await replica.ask(request);
        await new Promise((resolve) => setTimeout(resolve, 3 * (count - 1 - at)));
        return answer;
      };
      return { ask, close: () => replica.close() };
    });
  const inShards = (shards: number, count: number) => new DataParallel(workers(count), { spec: tiny, shards });

  it("has a batch's loss and gradient up to rounding, also where the shards differ in size", async () => {
    const { gather } = pictures(8, 0);
    const { weights } = await fresh().state("");
    for (const count of [8, 7, 2]) {
      const pixels = gather(Uint32Array.from({ length: count }, (_, at) => at));
      const whole = await inShards(1, 1).gradient(weights, pixels);
      const parts = await inShards(3, 2).gradient(weights, pixels);
      expect(parts.loss).toBeCloseTo(whole.loss, 6);
      const most = whole.gradient.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
      const worst = whole.gradient.reduce((d, value, at) => Math.max(d, Math.abs(value - parts.gradient[at]!)), 0);
      expect(worst / most).toBeLessThan(1e-5);
      expect(worst).toBeGreaterThan(0); // three sums of parts are not one sum: otherwise nothing was split
    }
  });

  it("has the same weights, losses and validation on 1, 2, 3 and 4 workers, bit for bit", async () => {
    const results = [];
    for (const count of [1, 2, 3, 4]) {
      const parallel = inShards(4, count);
      const trainer = fresh(parallel);
      await collect(trainer, pictures(20, 300)); // batches of 8, 8 and 4; 300 images are two predictions
      const { weights, slots, losses } = await trainer.state("");
      const validation = trainer.progress.history.map(({ valLoss }) => valLoss);
      results.push({ weights: [...weights], slots, losses, validation });
      trainer.dispose();
      await parallel.close();
    }
    for (const other of results.slice(1)) expect(other).toEqual(results[0]);
    expect(results[0]?.losses).toHaveLength(9);
  });

  it("predicts the outputs of one network, bit for bit", async () => {
    const trainer = fresh();
    const { weights } = await trainer.state("");
    const pixels = pictures(600, 0).gather(Uint32Array.from({ length: 600 }, (_, at) => at));
    const alone = await predict(trainer.models.autoencoder, pixels);
    expect(await inShards(4, 2).predict(weights, pixels)).toEqual(alone);
  });

  it("continues from a checkpoint within an epoch on another number of workers to the same weights", async () => {
    const images = pictures(20, 4);
    const whole = fresh(inShards(4, 2));
    await collect(whole, images);
    const broken = fresh(inShards(4, 3));
    for await (const event of broken.train(images, surroundings())) {
      if (event.kind === "batch" && event.epoch === 2 && event.batch === 2) broken.stop();
    }
    const state = readState(writeState(await broken.state("a run")));
    expect(state.progress).toMatchObject({ epoch: 1, batch: 2 });
    const resumed = new Trainer({ recipe, random: seeded(9), outputBias: 0, now, state, parallel: inShards(4, 1) });
    await collect(resumed, images);
    expect((await resumed.state("")).weights).toEqual((await whole.state("")).weights);
  });

  it("stands as after the last whole batch when a worker is lost", async () => {
    const images = pictures(20, 4);
    const whole = fresh(inShards(4, 2));
    await collect(whole, images);
    const [first, second] = workers(2) as [TrainingWorker, TrainingWorker];
    let asked = 0;
    const ask: TrainingWorker["ask"] = (request) => {
      if (++asked > 9) throw new WorkerLostError("worker 2 of 2 is gone: out of memory");
      return second.ask(request);
    };
    const lossy = fresh(new DataParallel([first, { ...second, ask }], { spec: tiny, shards: 4 }));
    const error = await collect(lossy, images).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkerLostError);
    const state = readState(writeState(await lossy.state("a run")));
    expect(state.progress.step).toBeGreaterThan(0);
    expect(state.losses).toHaveLength(state.progress.step);
    const resumed = new Trainer({ recipe, random: seeded(9), outputBias: 0, now, state, parallel: inShards(4, 2) });
    await collect(resumed, images);
    expect((await resumed.state("")).weights).toEqual((await whole.state("")).weights);
  });
});

describe("collapse", () => {
  it("is not found where either the gradient or the outputs still live", () => {
    const detector = new CollapseDetector();
    for (let batch = 0; batch < 49; batch++) {
      expect(detector.suspects(1e-9)).toBe(true);
      expect(detector.observe(1e-6)).toBe(false);
    }
    expect(detector.suspects(1e-5)).toBe(false); // one living gradient starts the count again
    expect(detector.batches).toBe(0);
    expect(detector.suspects(1e-9)).toBe(true);
    expect(detector.observe(0.01)).toBe(false); // outputs that differ, too
    expect(detector.collapsed).toBe(false);
  });

  it("measures the greatest standard deviation of a pixel across pictures", () => {
    // Pixel 0: 1, 3 (deviation 1); pixel 1: 5, 5 (deviation 0).
    expect(greatestDeviation(Float32Array.of(1, 5, 3, 5), 2)).toBeCloseTo(1, 12);
  });
});
