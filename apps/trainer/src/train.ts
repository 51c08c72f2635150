import { setImmediate } from "node:timers/promises";
import { createRandom, type Dataset, meanPixel } from "@autoencoder/data";
import { DataParallel, WorkerLostError } from "@autoencoder/model/data-parallel";
import { type Run, runPaths } from "@autoencoder/model/run";
import { logit } from "@autoencoder/model/tfjs";
import { Trainer, type TrainingImages, type TrainingState } from "@autoencoder/model/training";
import { openDataset, trainingImages } from "./dataset.ts";
import { chooseEngine } from "./engines/choose.ts";
import type { Engine, EngineInfo } from "./engines/engine.ts";
import { spreadOf } from "./engines/spread.ts";
import { estimate } from "./estimate.ts";
import type { Options } from "./options.ts";
import { artifactsFolder, shownPath } from "./paths.ts";
import { duration, type Output, Progress } from "./progress.ts";
import { runContents } from "./run-folder/contents.ts";
import { checkFingerprint, type Fingerprint, savedShards } from "./run-folder/fingerprint.ts";
import { publish } from "./run-folder/publish.ts";
import { Snapshots } from "./run-folder/snapshots.ts";
import { describeSource } from "./run-folder/source-hash.ts";
import { baselines, pcaOfRun } from "./run-folder/statistics.ts";
import { runFolders, WorkFolder } from "./run-folder/work-folder.ts";

/** How a training ended; the command line turns it into an exit code. */
export type Outcome = "complete" | "collapsed" | "interrupted";

/** What the trainer takes from its process. */
export interface Terminal {
  output: Output;
  /** Calls back at the first Ctrl-C or termination request; returns how to stop listening. */
  onInterrupt(callback: () => void): () => void;
}

/** Everything of a run that is decided before its first step. */
interface Plan {
  options: Options;
  dataset: Dataset;
  images: TrainingImages;
  engine: EngineInfo;
  /** How the engine opens workers, where it computes in one thread. */
  openWorkers: Engine["openWorkers"];
  meanPixel: number;
  outputBias: number;
  fingerprint: Fingerprint;
}

/** Trains a run as asked and publishes it. @throws Error of one line for whatever is wrong */
export async function train(options: Options, terminal: Terminal): Promise<Outcome> {
  const progress = new Progress(terminal.output, options.recipe.epochs);
  const work = await WorkFolder.open(runFolders(artifactsFolder(), options.name));
  let parallel: DataParallel | undefined;
  try {
    const plan = await makePlan(options, progress);
    const state = await loadState(options, work);
    parallel = openParallel(plan, state, progress);
    const trainer = await startTrainer(plan, { work, progress, state, parallel });
    const { step } = trainer.progress;
    const table = step > 0 ? await work.loadSnapshots() : undefined;
    const snapshots = new Snapshots(plan.dataset, plan.images.train, table && { table, step });
    const outcome = await runTrainer(trainer, plan, { work, snapshots, terminal, progress });
    if (outcome === "interrupted") {
      const command = ["npm run train --", ...options.given, "--resume"].join(" ");
      progress.line(
        `stopped after epoch ${trainer.progress.epoch}, batch ${trainer.progress.batch}; saved. Continue with:\n  ${command}`,
      );
      return outcome;
    }
    await publishRun(trainer, plan, { work, snapshots, progress, outcome });
    return outcome;
  } finally {
    await parallel?.close();
    await work.close();
  }
}

async function makePlan(options: Options, progress: Progress): Promise<Plan> {
  const { recipe } = options;
  const dataset = await openDataset(options.data);
  const images = trainingImages(dataset.train, recipe, options.images);
  const mean = meanPixel(dataset.train, images.train);
  const outputBias = recipe.outputBias === "logit-mean-pixel" ? logit(mean) : 0;
  const choice = chooseEngine(options.engine);
  const engine = await choice.engine.start({ eager: options.eager });
  progress.line(`${options.name}: ${recipe.title}`);
  progress.line(
    `data    ${dataset.name}: ${images.train} images to train on, ${images.validation} to validate on, ${dataset.test.count} to test on`,
  );
  const { openWorkers } = choice.engine;
  const threads = openWorkers ? "" : `, ${engine.workers} ${engine.workers === 1 ? "thread" : "threads"}`;
  progress.line(`engine  ${engine.name} (${choice.why}): ${engine.device}${threads}`);
  if (choice.faster) progress.line(`        ${choice.faster} would make it several times faster`);
  const fingerprint = {
    recipe,
    engine: engine.name,
    images: options.images ?? dataset.train.count,
    dataset: dataset.files.map(({ sha256 }) => sha256),
    source: describeSource(),
  };
  return { options, dataset, images, engine, openWorkers, meanPixel: mean, outputBias, fingerprint };
}

/** The checkpoint that is to be continued. */
async function loadState(options: Options, work: WorkFolder): Promise<TrainingState | undefined> {
  return options.resume || (options.turbo && work.hasCheckpoint()) ? work.load() : undefined;
}

/** Spreads the batches over workers, on an engine that computes in one thread; the plan then says how. */
function openParallel(plan: Plan, state: TrainingState | undefined, progress: Progress): DataParallel | undefined {
  const { options, images, openWorkers } = plan;
  if (!openWorkers) return undefined;
  const { recipe } = options;
  const { shards, workers, note } = spreadOf({
    recipe,
    images: images.train * (recipe.epochs - (state?.progress.epoch ?? 0)),
    saved: state && savedShards(state.fingerprint),
    asked: options.workers,
  });
  Object.assign(plan.engine, { shards, workers });
  plan.fingerprint.shards = shards;
  const threads = workers === 1 ? "one thread" : `${workers} threads`;
  progress.line(`        ${note ?? `each batch in ${shards} ${shards === 1 ? "piece" : "shards"}, on ${threads}`}`);
  if (shards === 1) return undefined;
  const { spec, loss } = recipe;
  return new DataParallel(openWorkers({ spec, loss }, workers), { spec, shards });
}

interface Starting {
  work: WorkFolder;
  progress: Progress;
  state: TrainingState | undefined;
  parallel: DataParallel | undefined;
}

/** A trainer with fresh weights, or as its checkpoint left it. */
async function startTrainer(plan: Plan, { work, progress, state, parallel }: Starting): Promise<Trainer> {
  const { options, images, outputBias } = plan;
  const { recipe } = options;
  if (state) {
    const now = plan.fingerprint.source;
    const then = checkFingerprint(state.fingerprint, plan.fingerprint).source;
    const changed = then.sha256 !== now.sha256 && state.progress.epoch < recipe.epochs;
    if (changed)
      progress.line("the sources have changed since this run began: the result may differ from an unbroken run");
    plan.fingerprint.source = { ...then, dirty: then.dirty || changed };
  } else {
    const aside = await work.setCheckpointAside();
    if (aside) progress.line(`an unfinished run of this name was moved to ${shownPath(aside)}`);
  }
  const done = state?.progress.epoch ?? 0;
  if (done < recipe.epochs) {
    const left = recipe.epochs - done;
    const time = await estimate({ recipe, images, epochsLeft: left, parallel });
    if (time) {
      const epochs = `${left} ${left === 1 ? "epoch" : "epochs"}`;
      const batch = `${(time.secondsPerBatch * 1000).toFixed(0)} ms for a batch of ${recipe.batchSize}`;
      progress.line(`time    about ${duration(time.seconds)} for ${epochs} (${batch})`);
    }
  }
  if (state) progress.line(`resumed after epoch ${done}, batch ${state.progress.batch}`);
  const random = createRandom(recipe.seed);
  const now = new Date().toISOString();
  return new Trainer({ recipe, outputBias, state, parallel, now, random: () => random.next() });
}

interface Running {
  work: WorkFolder;
  snapshots: Snapshots;
  terminal: Terminal;
  progress: Progress;
}

async function runTrainer(trainer: Trainer, plan: Plan, running: Running): Promise<Outcome> {
  const { work, snapshots, terminal, progress } = running;
  const fingerprint = JSON.stringify(plan.fingerprint);
  const { models } = trainer;
  const stopListening = terminal.onInterrupt(() => {
    progress.line("finishing this batch, then saving …");
    trainer.stop();
  });
  const surroundings = {
    clock: () => performance.now() / 1000,
    residentBytes: () => process.memoryUsage.rss(),
  };
  let gradientNorm = Number.NaN;
  try {
    if (trainer.progress.step === 0) await snapshots.take(models, { step: 0 });
    for await (const event of trainer.train(plan.images, surroundings)) {
      if (event.kind === "batch") {
        progress.batch(event, performance.now());
        gradientNorm = event.gradientNorm;
        await snapshots.take(models, { step: trainer.progress.step, gradientNorm });
      }
      if (event.kind === "collapse") {
        progress.line(event.explanation);
        progress.line("What to change, and why: the page /stuck of the site (npm start).");
      }
      if (event.kind === "epoch") {
        progress.epoch(event.record);
        await snapshots.take(models, { step: trainer.progress.step, gradientNorm, epochEnded: true });
        await work.save(await trainer.state(fingerprint), snapshots.table());
      }
      if (event.kind === "end") {
        if (event.reason === "interrupted") await work.save(await trainer.state(fingerprint), snapshots.table());
        return event.reason;
      }
      await setImmediate(); // tfjs's native backend never leaves the microtask queue: let signals in
    }
  } catch (error) {
    if (error instanceof WorkerLostError) throw await saveWithout(error, trainer, plan, running);
    throw error;
  } finally {
    stopListening();
  }
  throw new Error("the training loop ended without saying how; this is a defect of the trainer");
}

/** Saves what stood before a worker was lost. @returns the error, with the command that goes on */
async function saveWithout(lost: WorkerLostError, trainer: Trainer, plan: Plan, running: Running): Promise<Error> {
  const { work, snapshots } = running;
  await work.save(await trainer.state(JSON.stringify(plan.fingerprint)), snapshots.table());
  const { epoch, batch } = trainer.progress;
  const { given } = plan.options;
  const command = ["npm run train --", ...given, "--resume --workers 1"].join(" ");
  return new Error(
    `${lost.message}; what was trained up to epoch ${epoch}, batch ${batch} is saved. ` +
      `Fewer workers need less memory and give the same weights; continue with: ${command}`,
    { cause: lost },
  );
}

interface Finishing {
  work: WorkFolder;
  snapshots: Snapshots;
  progress: Progress;
  outcome: Exclude<Outcome, "interrupted">;
}

async function publishRun(trainer: Trainer, plan: Plan, finishing: Finishing): Promise<void> {
  const { work, snapshots, progress, outcome } = finishing;
  const { options, dataset, images, engine, outputBias } = plan;
  const { recipe, name } = options;
  const { step, history, collapse, startedAt, seconds } = trainer.progress;
  progress.line("measuring on the test images and writing the run …");
  const { models, losses } = trainer;
  const split = { train: images.train, validation: images.validation };
  const codeLength = models.encoder.outputs[0]?.shape.at(-1) as number;
  const pca = pcaOfRun(dataset, split, codeLength);
  const moments = await trainer.state(JSON.stringify(plan.fingerprint));
  const savedAt = new Date().toISOString();
  const { contents, test } = await runContents(
    { name, models, recipe, outputBias, history, losses, step, moments, savedAt },
    dataset,
    pca,
  );
  const run: Omit<Run, "files"> = {
    formatVersion: 1,
    name,
    status: outcome,
    ...(collapse && { collapse }),
    spec: recipe.spec,
    recipe,
    seed: recipe.seed,
    outputBias,
    source: plan.fingerprint.source,
    dataset: {
      name: dataset.name,
      files: dataset.files,
      trainingImages: dataset.train.count,
      testImages: dataset.test.count,
      split,
      meanPixel: plan.meanPixel,
    },
    engine,
    startedAt,
    seconds,
    history,
    baselines: baselines(dataset, split, { pca, codeLength }),
    test,
  };
  const replaced = await publish(work.folders, run, { ...contents, [runPaths.snapshots]: snapshots.table() });
  if (replaced) progress.line(`the run that was there moved to ${shownPath(replaced)}`);
  progress.line(
    `test    MSE ${test.mse.toFixed(5)}, PSNR ${test.psnr.toFixed(2)} dB, SSIM ${test.ssim.toFixed(4)} over ${dataset.test.count} images`,
  );
  progress.line(`wrote   ${shownPath(work.folders.published)}`);
  await work.remove();
}
