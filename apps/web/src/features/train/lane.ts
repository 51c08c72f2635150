import type { AutoencoderSpec } from "@autoencoder/model";
import { fetchKerasProgram, TrainingClient } from "../../training/client.ts";
import type { EngineName } from "../../training/engines/engine.ts";
import {
  type Asked,
  type Baselines,
  type Decoded,
  type Frame,
  interrupts,
  type SlowStep,
  type StepTold,
  type Told,
} from "../../training/messages.ts";
import type { TrainedStart, TrainingSettings } from "../../training/settings.ts";
import type { TrainingPictures } from "./pictures.ts";
import { Watchdog } from "./watchdog.ts";

/** What an epoch ended with. */
export type EpochTold = Extract<Told, { tell: "epoch" }>;

/** What is known of one training at a moment. */
export interface LaneState {
  settings: TrainingSettings;
  /** Changes of them that the worker has not answered yet, in order. */
  asked: readonly TrainingSettings[];
  /** The network's; undefined until the worker has built it. */
  spec: AutoencoderSpec | undefined;
  /** `starting` until the worker can compute; `gone` when it ended and what it knew is lost. */
  phase: "starting" | "ready" | "gone";
  running: boolean;
  step: number;
  /** Where it is in its epoch; undefined before the first batch. */
  at: { epoch: number; batch: number; batches: number; imagesPerSecond: number } | undefined;
  baselines: Baselines | undefined;
  /** Of every step, in order. */
  steps: readonly StepTold[];
  frames: readonly Frame[];
  epochs: readonly EpochTold[];
  /** The step at which the detector found that it has collapsed. */
  collapsed: number | undefined;
  /** The steps of the course that was left when one went back, or changed a setting. */
  left: readonly StepTold[];
  problem: string | undefined;
  /** Of a training that is gone: what took it, and whether it ran. */
  lost?: { by: "memory" | "other"; running: boolean };
  /** The picture of the code that was pointed at last. */
  decoded: Decoded | undefined;
  /** The step that was taken in slow motion last. */
  slow: SlowStep | undefined;
  /** How the trained weights that it began from do on pictures that nothing is trained on. */
  startMeasured: { mse: number; pictures: number } | undefined;
}

/** Milliseconds between two drawings while a training runs. */
const drawEvery = 60;
/**
 * Seconds without a word after which a worker that has something to do counts as gone. On WASM a step takes one or two at most; a
 * GPU's first steps take longer, since its programs are compiled in them.
 */
const silentAfter = { wasm: 30, webgl: 120, webgpu: 120 } as const satisfies Record<EngineName, number>;

/** How a lane computes. */
export interface LaneMeans {
  engine: EngineName;
  /** Also on a program that stands in for a GPU. */
  software: boolean;
  workers: number;
  kept?: KeptTraining | undefined;
}

/** What a lane trains on, and what it begins from. */
export interface LaneGoods extends TrainingPictures {
  start: TrainedStart | undefined;
  /** The reader's drawing where it is trained on: [784] bytes. */
  drawing: Uint8Array<ArrayBuffer> | undefined;
}

/** Who waits for bytes of the worker. */
interface Waiting {
  resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  reject: (why: Error) => void;
}

/** One training in the page: its worker, and what the page keeps of what it tells. */
export class Lane {
  private state: LaneState;
  private readonly client: TrainingClient;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Map<number, Waiting>();
  private lastAsked = 0;
  private closed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchdog = new Watchdog((seconds) => this.lose(seconds));
  private readonly silentAfter: number;
  /** Whether it runs or was asked to, so that another in its place would go on. */
  private wanted = false;
  /** The moves that it was asked, how many of them are done, and which was the last. */
  private moves = 0;
  private movesDone = 0;
  private lastMove: Asked["do"] | undefined;
  private broughtTo: number | undefined;

  constructor(
    settings: TrainingSettings,
    private readonly goods: LaneGoods,
    { engine, software, workers, kept }: LaneMeans,
  ) {
    this.silentAfter = silentAfter[engine];
    this.state = {
      settings,
      asked: [],
      spec: undefined,
      phase: "starting",
      running: false,
      step: 0,
      at: undefined,
      baselines: undefined,
      steps: kept?.steps ?? [],
      frames: [],
      epochs: kept?.epochs ?? [],
      collapsed: undefined,
      left: [],
      problem: undefined,
      decoded: undefined,
      slow: undefined,
      startMeasured: undefined,
    };
    this.client = new TrainingClient(engine, (told) => this.hear(told));
    // Copies: another lane and a later training take them from the same place.
    const { pictures, watched, start, drawing } = goods;
    const [own, digits] = [pictures.slice(), watched.slice()];
    const opening = { do: "open", settings, engine, software, workers, state: kept?.state, start, drawing } as const;
    this.client.ask({ ...opening, pictures: own, watched: digits }, [own, digits]);
    this.watch();
  }

  read = (): LaneState => this.state;

  subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  ask(asked: Exclude<Asked, { do: "open" | "probe" | "save" | "export" }>): void {
    if (asked.do === "run") this.wanted = true;
    else if (stopping.has(asked.do)) this.wanted = false;
    if (!interrupts(asked) && asked.do !== "pause by itself" && asked.do !== "decode") {
      this.moves += 1;
      this.lastMove = asked.do;
      if (asked.do !== "pause") this.broughtTo = undefined;
    }
    if (asked.do === "change") {
      this.state = { ...this.state, asked: [...this.state.asked, asked.settings] };
      this.draw();
    }
    this.client.ask(asked);
    this.watch();
  }

  /** Whether it stands, and has done all moves that it was asked. */
  get isStill(): boolean {
    const { phase, running, problem } = this.state;
    return phase === "ready" && !running && !problem && this.moves === this.movesDone;
  }

  /** Whether it runs until it is paused. */
  get runsOn(): boolean {
    return this.state.running && this.lastMove === "run";
  }

  /** On to a step that lies ahead, unless it was paused on the way there. */
  bringTo(step: number): void {
    if (this.broughtTo === step) return;
    this.ask({ do: "step to", step });
    this.broughtTo = step;
  }

  /** All that another visit needs to go on from where it stands. */
  async kept(): Promise<KeptTraining> {
    const state = await this.bytesOf("save");
    // What was told before the state is what led to it: the training may have gone on while it was asked for.
    const { settings, step, steps, epochs } = this.state;
    const { start, drawing } = this.goods;
    const own = { ...(start && { start }), ...(drawing && { drawing }) };
    return { settings, step, steps, epochs, ...own, state };
  }

  /** What was trained, as files in a zip. @throws Error of one sentence where it cannot be written */
  async export(): Promise<Uint8Array<ArrayBuffer>> {
    await fetchKerasProgram().catch(() => undefined); // the worker says what is wrong
    return this.bytesOf("export");
  }

  private bytesOf(what: "save" | "export"): Promise<Uint8Array<ArrayBuffer>> {
    this.lastAsked += 1;
    const id = this.lastAsked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.client.ask({ do: what, id });
      this.watch();
    });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.watchdog.rest();
    this.client.close();
    this.giveUpWaiting();
  }

  private giveUpWaiting(): void {
    for (const { reject } of this.waiting.values()) reject(new Error("The training’s worker has ended."));
    this.waiting.clear();
  }

  private hear(told: Told): void {
    this.watchdog.rest();
    if (told.tell === "saved" || told.tell === "exported") {
      this.waiting.get(told.id)?.resolve(told.bytes);
      this.waiting.delete(told.id);
      return;
    }
    if (told.tell === "not exported") {
      this.waiting.get(told.id)?.reject(new Error(told.sentence));
      this.waiting.delete(told.id);
      return;
    }
    if (this.state.phase === "gone") return; // what comes after the end is no news
    const ran = this.state.running;
    this.state = after(this.state, told);
    // A run ends by itself too: at an epoch's end, say, where that is asked for.
    if (told.tell === "stands" && told.running !== ran) this.wanted = told.running;
    if (told.tell === "stands" && told.moves !== undefined) this.movesDone = told.moves;
    if (this.state.phase === "gone") this.end(told);
    if (this.state.running || this.state.phase === "starting") this.watch();
    // Steps come faster than a page can be drawn: what is not urgent waits for the next drawing.
    const urgent = told.tell !== "step" && told.tell !== "frame" && told.tell !== "decoded";
    if (urgent) this.draw();
    else this.timer ??= setTimeout(() => this.draw(), drawEvery);
  }

  /** A worker that the system has ended says nothing of it, and one that hangs neither. */
  private watch(): void {
    if (!this.closed && this.state.phase !== "gone") this.watchdog.watch(this.silentAfter);
  }

  private lose(seconds: number): void {
    const sentence = `The training’s worker has not answered for ${seconds} seconds.`;
    this.hear({ tell: "problem", code: "lost", sentence });
  }

  private end(told: Told): void {
    this.client.close();
    this.giveUpWaiting();
    const by = told.tell === "problem" && told.code === "memory" ? "memory" : "other";
    this.state = { ...this.state, lost: { by, running: this.wanted } };
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const changed of this.listeners) changed();
  }
}

/** What ends a run, begun or not. */
const stopping: ReadonlySet<Asked["do"]> = new Set([
  "pause",
  "step",
  "step to",
  "slow step",
  "epoch",
  "begin",
  "goOnFrom",
]);

/** Lanes are compared step by step: when one has come to stand all do, and those behind go on to where the furthest stands. */
export function bringTogether(lanes: readonly Lane[]): void {
  const still = lanes.filter((lane) => lane.isStill);
  if (still.length === 0) return;
  if (still.length < lanes.length) {
    for (const lane of lanes) if (lane.runsOn) lane.ask({ do: "pause" });
    return;
  }
  const furthest = Math.max(...lanes.map((lane) => lane.read().step));
  for (const lane of lanes) if (lane.read().step < furthest) lane.bringTo(furthest);
}

/** What is kept of a training. */
export interface KeptTraining {
  /** The visit to the page that has kept it. */
  visit?: string | undefined;
  settings: TrainingSettings;
  step: number;
  /** The weights that it began from and the drawing that it trains on, where it has them: to go back to the same start. */
  start?: TrainedStart | undefined;
  drawing?: Uint8Array<ArrayBuffer> | undefined;
  state: Uint8Array<ArrayBuffer>;
  steps: readonly StepTold[];
  epochs: readonly EpochTold[];
}

/** What is known once a message has come. */
export function after(state: LaneState, told: Told): LaneState {
  switch (told.tell) {
    case "opened":
      return { ...state, phase: "ready", baselines: told.baselines };
    case "began": {
      const { step, settings, spec } = told;
      const isBefore = (one: { step: number }) => one.step <= step;
      return {
        ...state,
        settings,
        asked: isSame(state.asked[0], settings) ? state.asked.slice(1) : state.asked,
        spec,
        step,
        at: step === 0 ? undefined : state.at,
        left: state.steps.some((one) => one.step > step) ? state.steps : state.left,
        steps: state.steps.filter(isBefore),
        // The frame of this very step comes anew: a setting may have changed there.
        frames: state.frames.filter((frame) => frame.step < step),
        epochs: state.epochs.filter(isBefore),
        collapsed: undefined,
        problem: undefined,
      };
    }
    case "step": {
      const { step, loss, gradientNorm, epoch, batch, batches, imagesPerSecond } = told;
      return {
        ...state,
        step,
        at: { epoch, batch, batches, imagesPerSecond },
        steps: [...state.steps, { step, loss, gradientNorm }],
      };
    }
    case "frame": {
      const others = state.frames.filter(({ step }) => step !== told.frame.step);
      return { ...state, frames: [...others, told.frame] };
    }
    case "epoch":
      return { ...state, epochs: [...state.epochs, told] };
    case "collapsed":
      return { ...state, collapsed: told.step };
    case "stands":
      return { ...state, running: told.running, step: told.step, settings: told.settings };
    case "problem":
      return {
        ...state,
        asked: [],
        running: false,
        phase: told.code === "diverged" ? state.phase : "gone",
        problem: told.sentence,
      };
    case "start measured":
      return { ...state, startMeasured: { mse: told.mse, pictures: told.pictures } };
    case "slow":
      return { ...state, slow: told.slow };
    case "decoded":
      return { ...state, decoded: told.decoded };
    case "saved":
    case "exported":
    case "not exported":
    case "probed":
      return state;
  }
}

/** The settings that were asked for last, answered or not: what a slider that is moved on has to show. */
export function wantedOf({ settings, asked }: LaneState): TrainingSettings {
  return asked.at(-1) ?? settings;
}

const isSame = (one: TrainingSettings | undefined, other: TrainingSettings) =>
  JSON.stringify(one) === JSON.stringify(other);

/** The frame at a step, or the nearest before it; the newest without a step. */
export function frameAt({ frames }: LaneState, step: number | undefined): Frame | undefined {
  return step === undefined ? frames.at(-1) : (frames.findLast((frame) => frame.step <= step) ?? frames[0]);
}
