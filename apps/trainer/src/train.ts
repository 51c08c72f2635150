import { setImmediate } from "node:timers/promises";
import { createRandom, type Dataset, meanPixel } from "@autoencoder/data";
import { DataParallel, WorkerLostError } from "@autoencoder/model/data-parallel";
import { type Run, runPaths } from "@autoencoder/model/run";
import {
  earlyStop,
  type StartingState,
  Trainer,
  type TrainingImages,
  type TrainingState,
  writeState,
} from "@autoencoder/model/training";
import { Checkpoints } from "./checkpoints.ts";
import { UsageError } from "./command-line.ts";
import { checkFits, openDataset, startingBias, trainingImages, usedImages } from "./dataset.ts";
import { withDrawing } from "./drawing.ts";
import { chooseEngine } from "./engines/choose.ts";
import type { Engine, EngineInfo } from "./engines/engine.ts";
import { spreadOf } from "./engines/spread.ts";
import { DeviceLostError } from "./engines/webgpu-device.ts";
import { isFileError, RunFailure } from "./errors.ts";
import { describeEstimate, estimate } from "./estimate.ts";
import type { Further } from "./further.ts";
import { commandOf, type Options } from "./options.ts";
import { artifactsFolder, shownPath } from "./paths.ts";
import { Progress } from "./progress.ts";
import { checkData } from "./published.ts";
import { runContents } from "./run-folder/contents.ts";
import { checkFingerprint, type Fingerprint, savedShards } from "./run-folder/fingerprint.ts";
import { inheritCheckpoint } from "./run-folder/inherit.ts";
import { publish } from "./run-folder/publish.ts";
import { Snapshots } from "./run-folder/snapshots.ts";
import { describeSource } from "./run-folder/source-hash.ts";
import { baselines, pcaOfRun } from "./run-folder/statistics.ts";
import { runFolders, WorkFolder } from "./run-folder/work-folder.ts";
import { Stopped, StopRequest } from "./stop-request.ts";
import type { Console, StopSignal, Terminal } from "./terminal.ts";

/** How a training ended; the command line turns it into an exit code. */
export type Outcome = "complete" | "collapsed" | StopSignal;

/** Everything of a run that is decided before its first step. */
interface Plan {
  options: Options;
  /** Of its training file only the images that the recipe uses. */
  dataset: Dataset;
  /** Images in the training file, and the number of the first that is used. */
  trainingImages: number;
  from: number;
  images: TrainingImages;
  engine: EngineInfo;
  /** How the engine opens workers, where it computes in one thread. */
  openWorkers: Engine["openWorkers"];
  meanPixel: number;
  outputBias: number;
  fingerprint: Fingerprint;
}

/** A run while somebody works on it. */
interface Job {
  options: Options;
  terminal: Terminal;
  progress: Progress;
  work: WorkFolder;
  stop: StopRequest;
  /** There from when it is known whether the run is a new one. */
  checkpoints?: Checkpoints;
  /** The workers that share its batches, on an engine that computes in one thread. */
  parallel?: DataParallel | undefined;
  trainer?: Trainer;
}

/** Trains a run as asked and publishes it. @throws Error of one line for whatever is wrong */
export async function train(options: Options, terminal: Console): Promise<Outcome> {
  const { json, quiet } = options;
  // Where a program reads the events, words for people go to the other stream.
  const people = json ? { write: terminal.errors.write, columns: undefined } : terminal.output;
  const progress = new Progress(people, options.recipe.epochs, { quiet, events: json ? terminal.output : undefined });
  const folders = runFolders(artifactsFolder(), options.name, options.attempt);
  const work = await WorkFolder.open(folders, terminal.clock.date());
  const job: Job = { options, terminal, progress, work, stop: new StopRequest() };
  const stopListening = terminal.onInterrupt({
    stop(signal) {
      job.stop.signal = signal;
      job.trainer?.stop();
      progress.line(job.trainer ? "finishing this batch, then saving …" : "stopping …");
    },
    lastWords: () => lastWords(job),
  });
  try {
    await job.stop.check();
    const from = options.attempt === undefined ? undefined : await inheritCheckpoint(work.folders.work);
    if (from) progress.line(`goes on from the checkpoint of ${from}`);
    const plan = await makePlan(options, progress);
    await job.stop.check();
    const state = await loadState(options, work);
    job.parallel = openParallel(plan, state, progress);
    const trainer = await startTrainer(plan, state, job);
    const snapshots = await openSnapshots(trainer, plan, state ? await work.loadSnapshots() : undefined);
    const outcome = await runTrainer(trainer, plan, { job, snapshots });
    await job.stop.check();
    // From here on all is saved and much is computed in one piece: a signal ends the process at once, as it does by itself.
    stopListening();
    progress.line(
      `measuring on the test images and writing the run … (saved: if this is stopped, ${commandOf(options, { resume: true })} does it again)`,
    );
    await publishRun(trainer, plan, { job, snapshots, outcome });
    return outcome;
  } catch (error) {
    if (error instanceof Stopped) {
      progress.always(stoppedWords(job));
      const saved = job.checkpoints?.saved;
      progress.tell({
        event: "stopped",
        saved: saved ?? null,
        next: commandOf(options, { resume: saved !== undefined }),
      });
      return error.signal;
    }
    throw withRemedy(error, job);
  } finally {
    await job.parallel?.close();
    await work.close();
    stopListening(); // not before: what npm passes on late would end the process with its lock held
  }
}

function isTrained({ trainer, options }: Job): boolean {
  if (!trainer) return false;
  const { recipe } = options;
  const { epoch, collapse, history } = trainer.progress;
  if (epoch === recipe.epochs || earlyStop(history, recipe.earlyStopping)) return true;
  return collapse !== undefined && recipe.onCollapse === "stop";
}

/** What is saved of a run that was asked to end, and the command that goes on with it. */
function stoppedWords(job: Job): string {
  const saved = job.checkpoints?.saved;
  if (!saved) {
    const command = commandOf(job.options, { resume: false });
    return `stopped before the first batch: there is nothing to save. Start again with:\n  ${command}`;
  }
  const goOn = isTrained(job) ? "All is trained. Publish it" : "Continue";
  return `stopped after ${saved}; saved. ${goOn} with:\n  ${commandOf(job.options, { resume: true })}`;
}

/** The same for one that ends at once. */
function lastWords({ options, checkpoints }: Job): string {
  const saved = checkpoints?.saved;
  const command = commandOf(options, { resume: saved !== undefined });
  if (!saved) return `stopped at once: nothing was saved yet. Start again with:\n  ${command}`;
  return `stopped at once: what came after ${saved} is lost. Continue with:\n  ${command}`;
}

/** A GPU that was lost, or a disk that failed a run of which something is saved: the error's line says how to go on. */
function withRemedy(error: unknown, job: Job): unknown {
  const saved = job.checkpoints?.saved;
  if (error instanceof DeviceLostError) return withoutDevice(error, job);
  if (!isFileError(error) || !saved) return error;
  const goOn = isTrained(job) ? "publish the finished run" : `continue after ${saved}`;
  return new RunFailure(error, `${goOn} with: ${commandOf(job.options, { resume: true })}`);
}

async function makePlan(options: Options, progress: Progress): Promise<Plan> {
  const { recipe } = options;
  const whole = await openDataset(options.data);
  checkFits(recipe.spec, whole.train, `the recipe ${recipe.name}`);
  const { further } = options;
  const wanted = further && "page" in further.from ? "--from" : "--more";
  if (further) checkData(further.files, whole.files, wanted);
  const used = usedImages(whole.train, recipe);
  const drawing = further?.drawing;
  const dataset = { ...whole, train: drawing ? withDrawing(used, drawing, { recipe, wanted }) : used };
  const images = trainingImages(dataset.train, recipe);
  if (recipe.earlyStopping && images.validation === 0) {
    throw new UsageError(
      "--early-stopping: expected validation images but the recipe's validationSplit leaves none; leave the option out",
    );
  }
  const mean = meanPixel(dataset.train, images.train);
  const outputBias = further?.outputBias ?? startingBias(recipe, mean);
  const choice = chooseEngine(options.engine);
  const engine = await choice.engine.start({ eager: options.eager, warn: (line) => progress.always(line) });
  progress.tell({
    event: "start",
    run: options.name,
    recipe: recipe.name,
    engine: engine.name,
    device: engine.device,
    images: { train: images.train, validation: images.validation, test: dataset.test.count },
    epochs: recipe.epochs,
  });
  progress.line(`${options.name}: ${recipe.title}`);
  const from = recipe.images?.[0] ?? 0;
  const part = from > 0 ? `images ${from} to ${from + dataset.train.count - 1}, ` : "";
  const own = drawing ? ` (${drawing.to - drawing.from} of them a reader's drawing)` : "";
  progress.line(
    `data    ${dataset.name}: ${part}${images.train} images to train on${own}, ${images.validation} to validate on, ${dataset.test.count} to test on`,
  );
  const { openWorkers } = choice.engine;
  const threads = openWorkers ? "" : `, ${engine.workers} ${engine.workers === 1 ? "thread" : "threads"}`;
  const kernels = engine.oneDnn ? ", oneDNN" : "";
  const steps = engine.graph ? ", each step one graph" : "";
  progress.line(`engine  ${engine.name} (${choice.why}): ${engine.device}${threads}${kernels}${steps}`);
  if (choice.faster) progress.line(`        ${choice.faster} would make it several times faster`);
  const fingerprint = {
    recipe,
    engine: engine.name,
    ...howComputed(engine),
    images: dataset.train.count,
    dataset: [...dataset.files, ...(drawing ? [drawing] : [])].map(({ sha256 }) => sha256),
    source: describeSource(),
  };
  return {
    options,
    dataset,
    trainingImages: whole.train.count,
    from,
    images,
    engine,
    openWorkers,
    meanPixel: mean,
    outputBias,
    fingerprint,
  };
}

/** What TensorFlow's engines have settled, for the fingerprint. */
function howComputed({ name, oneDnn, graph, workers }: EngineInfo): Pick<Fingerprint, "oneDnn" | "graph" | "threads"> {
  if (oneDnn === undefined || graph === undefined) return {};
  return { oneDnn, graph, ...(name === "native" && { threads: workers }) };
}

/** The checkpoint that is to be continued. */
async function loadState(options: Options, work: WorkFolder): Promise<TrainingState | undefined> {
  const goesOn = options.turbo || options.attempt !== undefined;
  return options.resume || (goesOn && work.hasCheckpoint()) ? work.load() : undefined;
}

/** Spreads the batches over workers, on an engine that computes in one thread; the plan then says how. */
function openParallel(plan: Plan, state: TrainingState | undefined, progress: Progress): DataParallel | undefined {
  const { options, images, openWorkers } = plan;
  if (!openWorkers) return undefined;
  const { recipe } = options;
  const { shards, workers, note } = spreadOf({
    recipe,
    images: images.train * (recipe.epochs - (startOf(options, state)?.progress.epoch ?? 0)),
    saved: state ? savedShards(state.fingerprint) : options.further?.shards,
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

/** Where a training starts: at its checkpoint, at the end of the run that it continues, or with fresh weights. */
function startOf({ further }: Options, checkpoint: TrainingState | undefined): StartingState | undefined {
  return checkpoint ?? further?.state;
}

/** A trainer with fresh weights, or as its checkpoint, or the run that it continues, left it. */
async function startTrainer(plan: Plan, state: TrainingState | undefined, job: Job): Promise<Trainer> {
  const { options, dataset, images, outputBias } = plan;
  const { work, progress, terminal, stop, parallel } = job;
  const { recipe } = options;
  if (state) {
    const now = plan.fingerprint.source;
    const then = checkFingerprint(state.fingerprint, plan.fingerprint).source;
    const changed = then.sha256 !== now.sha256 && state.progress.epoch < recipe.epochs;
    if (changed)
      progress.always("the sources have changed since this run began: the result may differ from an unbroken run");
    plan.fingerprint.source = { ...then, dirty: then.dirty || changed };
  } else {
    const aside = await work.setCheckpointAside();
    if (aside) progress.line(`an unfinished run of this name was moved to ${shownPath(aside)}`);
  }
  job.checkpoints = new Checkpoints({ work, clock: terminal.clock, progress, stop }, state?.progress);
  const start = startOf(options, state);
  const expected = await estimate({ recipe, dataset, images, done: start?.progress, parallel }, async (what) => {
    progress.passing(what);
    await stop.check();
  });
  if (expected) {
    progress.line(`time    ${describeEstimate(expected, recipe)}`);
    progress.tell({ event: "estimate", training: expected.training, publishing: expected.publishing });
  }
  if (state) {
    progress.line(`resumed after ${job.checkpoints.saved}`);
    progress.tell({ event: "resumed", epoch: state.progress.epoch, batch: state.progress.batch });
  }
  if (!state && options.further) progress.line(goesOnFrom(options.further));
  const random = createRandom(recipe.seed);
  const now = terminal.clock.date();
  job.trainer = new Trainer({ recipe, outputBias, state: start, parallel, now, random: () => random.next() });
  return job.trainer;
}

/** `goes on after epoch 20 of assignment; the optimizer as it was` */
function goesOnFrom({ from, state }: Further): string {
  if ("page" in from) return `goes on after step ${state.progress.step} of a training in a page`;
  const optimizer = state.slots ? "as it was" : "starts anew, since there is no checkpoint beside that run";
  return `goes on after epoch ${from.run.history.length} of ${from.run.name}; the optimizer ${optimizer}`;
}

/**
 * @param saved the table beside the checkpoint
 * @returns undefined where what is gone on with has none: its first steps are gone
 */
async function openSnapshots(
  trainer: Trainer,
  { options, dataset, images }: Plan,
  saved: Uint8Array | undefined,
): Promise<Snapshots | undefined> {
  const { step } = trainer.progress;
  const table = step > 0 ? (saved ?? options.further?.snapshots) : undefined;
  if (step > 0 && !table && options.further) return undefined;
  return new Snapshots(options.recipe, dataset, images.train, table && { table, step });
}

async function runTrainer(
  trainer: Trainer,
  plan: Plan,
  { job, snapshots }: { job: Job; snapshots: Snapshots | undefined },
): Promise<Trained> {
  const { terminal, progress, stop, checkpoints } = job;
  const fingerprint = JSON.stringify(plan.fingerprint);
  const { models } = trainer;
  const surroundings = {
    clock: () => terminal.clock.now() / 1000,
    residentBytes: () => process.memoryUsage.rss(),
  };
  const read = async () => ({ state: await trainer.state(fingerprint), snapshots: snapshots?.table() });
  let gradientNorm = Number.NaN;
  try {
    if (trainer.progress.step === 0) await snapshots?.take(models, { step: 0 });
    await stop.check();
    for await (const event of trainer.train(plan.images, surroundings)) {
      if (event.kind === "batch") {
        progress.batch(event, terminal.clock.now());
        gradientNorm = event.gradientNorm;
        await snapshots?.take(models, { step: trainer.progress.step, gradientNorm });
        // After an epoch's last batch it is the epoch that is saved, with the snapshot that its last gradient belongs to.
        if (checkpoints?.due && event.batch < event.batches) await checkpoints.save(read);
      }
      if (event.kind === "collapse") {
        const { kind: _, ...collapse } = event;
        progress.tell({ event: "collapse", ...collapse });
        progress.always(event.explanation);
        progress.always("What to change, and why: the page /stuck of the site (npm start).");
      }
      if (event.kind === "epoch") {
        progress.epoch(event.record);
        progress.tell({ event: "epoch", ...event.record });
        await snapshots?.take(models, { step: trainer.progress.step, gradientNorm, epochEnded: true });
        await checkpoints?.save(read);
      }
      if (event.kind === "earlyStop") {
        progress.tell({ event: "earlyStop", epoch: event.epoch, best: event.best });
        progress.line(`ended early: the validation loss has not fallen since epoch ${event.best}`);
      }
      if (event.kind === "end") {
        if (!checkpoints?.holds(trainer.progress)) await checkpoints?.saveLast(read);
        await stop.check();
        if (event.reason !== "interrupted") return event.reason;
      }
      await setImmediate(); // tfjs's native backend never leaves the microtask queue: let signals in
    }
  } catch (error) {
    if (!(error instanceof WorkerLostError)) throw error;
    await checkpoints?.saveLast(read);
    throw withoutWorker(error, job);
  }
  throw new Error("the training loop ended without saying how; this is a defect of the trainer");
}

/** What stood before a worker was lost is saved; the error says which command goes on. */
function withoutWorker(lost: WorkerLostError, { options, checkpoints }: Job): Error {
  // Turborepo's task takes no options: the trainer itself goes on.
  const command = `${commandOf({ ...options, turbo: false }, { resume: true })} --workers 1`;
  return new Error(
    `${lost.message}; what was trained up to ${checkpoints?.saved} is saved. ` +
      `Fewer workers need less memory and give the same weights; continue with: ${command}`,
    { cause: lost },
  );
}

/** What a lost GPU held is gone: a run goes on from what lies on the disk. */
function withoutDevice(lost: DeviceLostError, { options, checkpoints }: Job): Error {
  const saved = checkpoints?.saved;
  // Turborepo's task takes no options: the trainer itself goes on.
  const command = commandOf({ ...options, turbo: false }, { resume: saved !== undefined });
  const kept = saved ? `what was trained up to ${saved} is saved` : "nothing was saved yet";
  return new Error(`${lost.message}; ${kept}; ${saved ? "continue" : "start again"} with: ${command}`, { cause: lost });
}

/** How a training ends that nobody stopped. */
type Trained = "complete" | "collapsed";

interface Finishing {
  job: Job;
  snapshots: Snapshots | undefined;
  outcome: Trained;
}

async function publishRun(trainer: Trainer, plan: Plan, finishing: Finishing): Promise<void> {
  const { job, snapshots, outcome } = finishing;
  const { work, progress, terminal } = job;
  const { options, dataset, images, engine, outputBias } = plan;
  const { recipe, name } = options;
  const { step, optimizerFrom = 0, history, collapse, startedAt, seconds } = trainer.progress;
  const { models, losses } = trainer;
  const split = { train: images.train, validation: images.validation };
  const codeLength = models.encoder.outputs[0]?.shape.at(-1) as number;
  const pca = pcaOfRun(dataset, split, codeLength);
  const state = await trainer.state(JSON.stringify(plan.fingerprint));
  const { slots } = state;
  const savedAt = later(startedAt, terminal.clock.date());
  const finished = { name, models, recipe, outputBias, history, losses, step: step - optimizerFrom, slots, savedAt };
  const { contents, test } = await runContents(finished, dataset, { pca, slim: options.slim });
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
      trainingImages: plan.trainingImages,
      testImages: dataset.test.count,
      split: { ...(plan.from > 0 && { from: plan.from }), ...split },
      meanPixel: plan.meanPixel,
    },
    engine,
    startedAt,
    ...(options.further && partBefore(options.further, trainer)),
    seconds,
    history,
    baselines: baselines(dataset, split, { pca, codeLength }),
    test,
  };
  const drawing = options.further?.drawing;
  const all = {
    ...contents,
    ...(!options.slim && snapshots && { [runPaths.snapshots]: snapshots.table() }),
    ...(drawing && { [drawing.path]: drawing.file }),
  };
  const { replaced, byAnother } = await publish(work.folders, run, all, writeState(state));
  if (byAnother) {
    progress.always(`another attempt has published ${shownPath(work.folders.published)}: this one is not needed`);
    return work.remove();
  }
  const { mse, psnr, ssim } = test;
  const folder = shownPath(work.folders.published);
  progress.tell({ event: "published", run: name, folder, status: outcome, test: { mse, psnr, ssim } });
  if (replaced) progress.line(`the run that was there moved to ${shownPath(replaced)}`);
  progress.line(
    `test    MSE ${mse.toFixed(5)}, PSNR ${psnr?.toFixed(2) ?? "∞"} dB, SSIM ${ssim.toFixed(4)} over ${dataset.test.count} images`,
  );
  progress.always(`wrote   ${folder}`);
  await work.remove();
}

/** What run.json says of what was trained further. */
function partBefore({ from }: Further, { progress: { optimizerFrom } }: Trainer): Pick<Run, "continues" | "page"> {
  if ("page" in from) return { page: from.page.page };
  const { name, history, engine, page } = from.run;
  const optimizer = optimizerFrom === undefined ? "kept" : "restarted";
  const continues = { run: name, epochs: history.length, engine: engine.name, optimizer } as const;
  return { continues, ...(page && { page }) };
}

/** The later of two times, ISO 8601: where the clock was set back, a run still ends after it began. */
function later(first: string, second: string): string {
  return second > first ? second : first;
}
