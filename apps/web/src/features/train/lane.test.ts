import { afterEach, describe, expect, it, vi } from "vitest";
import type { Asked, Frame, Told } from "../../training/messages.ts";
import { assignmentSettings } from "../../training/settings.ts";
import { after, bringTogether, frameAt, Lane, type LaneState } from "./lane.ts";
import { verdictOf } from "./verdict.tsx";

const settings = assignmentSettings;
const fresh: LaneState = {
  settings,
  asked: [],
  spec: undefined,
  phase: "ready",
  running: true,
  step: 0,
  at: undefined,
  baselines: undefined,
  steps: [],
  frames: [],
  epochs: [],
  collapsed: undefined,
  left: [],
  problem: undefined,
  decoded: undefined,
  slow: undefined,
  startMeasured: undefined,
};

const step = (number: number): Told => ({
  tell: "step",
  step: number,
  epoch: 1,
  batch: number,
  batches: 32,
  loss: 1 / number,
  gradientNorm: 1,
  imagesPerSecond: 100,
});
const frame = (number: number, meanOutput = 0.13): Told => ({
  tell: "frame",
  frame: { step: number, meanOutput } as Frame,
});
const course = (...told: Told[]) => told.reduce(after, fresh);

describe("what the page knows of a training", () => {
  it("grows step by step", () => {
    const { steps, frames, step: at } = course(frame(0), step(1), frame(1), step(2), frame(2));
    expect(steps.map((one) => one.loss)).toEqual([1, 0.5]);
    expect(frames.map((one) => one.step)).toEqual([0, 1, 2]);
    expect(at).toBe(2);
  });

  it("keeps the course that was left when one goes back", () => {
    const went = course(step(1), frame(1), step(2), frame(2), step(3), frame(3));
    const back = after(went, { tell: "began", step: 2, settings, spec: {} as never });
    expect(back.steps.map((one) => one.step)).toEqual([1, 2]);
    expect(back.frames.map((one) => one.step)).toEqual([1]);
    expect(back.left.map((one) => one.step)).toEqual([1, 2, 3]);
    // A further way back leaves what was left last.
    expect(after(back, { tell: "began", step: 0, settings, spec: {} as never }).left).toHaveLength(2);
  });

  it("shows the frame at a step, or the one before it", () => {
    const state = course(frame(0), frame(4), frame(8));
    expect([undefined, 0, 3, 4, 7, 99].map((at) => frameAt(state, at)?.step)).toEqual([8, 0, 0, 4, 4, 8]);
  });

  it("says black at once, and no way back not before step 100", () => {
    const black = (at: number, collapsed?: number): LaneState => ({
      ...course(step(at), frame(at, 0.001)),
      collapsed,
    });
    const verdict = (state: LaneState) => verdictOf(state, state.frames.at(-1));
    expect(verdict(course(step(1), frame(1)))).toBe(undefined);
    expect(verdict(black(20))).toBe("black");
    expect(verdict(black(70, 68))).toBe("black");
    expect(verdict(black(100, 68))).toBe("no way back");
  });

  it("is gone with its worker, and stands after a loss that is no number", () => {
    const problem = (code: "lost" | "diverged"): Told => ({ tell: "problem", code, sentence: "why" });
    expect(after(fresh, problem("lost"))).toMatchObject({ phase: "gone", running: false, problem: "why" });
    expect(after(fresh, problem("diverged"))).toMatchObject({ phase: "ready", running: false, problem: "why" });
  });
});

/** A worker that is played here. */
class PlayedWorker {
  static last: PlayedWorker;
  asked: Asked[] = [];
  onmessage: (event: { data: Told }) => void = () => {};
  onerror: (event: { preventDefault: () => void; message: string }) => void = () => {};
  constructor() {
    PlayedWorker.last = this;
  }
  postMessage(asked: Asked): void {
    this.asked.push(asked);
  }
  terminate(): void {}
}

function play(): { lane: Lane; worker: PlayedWorker; tell: (...told: Told[]) => void } {
  vi.stubGlobal("Worker", PlayedWorker);
  const means = { engine: "wasm", software: false, workers: 1 } as const;
  const [pictures, watched] = [new Uint8Array(1), new Uint8Array(1)];
  const lane = new Lane(settings, { pictures, watched, start: undefined, drawing: undefined }, means);
  const worker = PlayedWorker.last;
  const tell = (...told: Told[]) => {
    for (const data of told) worker.onmessage({ data });
  };
  return { lane, worker, tell };
}
afterEach(() => vi.unstubAllGlobals());

describe("a worker that is lost", () => {
  const stands = (running: boolean): Told => ({ tell: "stands", running, step: 8, settings });
  it.each([
    ["goes on in another's place where it ran", [stands(true)], true],
    ["stands there where the run had ended by itself", [stands(true), stands(false)], false],
    ["goes on there where it was run again", [stands(true), stands(false), stands(true)], true],
  ])("%s", (_, told, goesOn) => {
    const { lane, worker, tell } = play();
    lane.ask({ do: "run" });
    tell(...told);
    worker.onerror({ preventDefault: () => {}, message: "killed" });
    expect(lane.read().lost).toEqual({ by: "other", running: goesOn });
    lane.close();
  });

  it("leaves nobody waiting for its state", async () => {
    const { lane, worker } = play();
    const kept = lane.kept();
    worker.onerror({ preventDefault: () => {}, message: "killed" });
    await expect(kept).rejects.toThrow("has ended");
    const late = play().lane;
    const left = late.kept();
    late.close();
    await expect(left).rejects.toThrow("has ended");
  });
});

describe("two lanes", () => {
  const stands = (at: number, running: boolean, moves?: number): Told => ({
    tell: "stands",
    running,
    step: at,
    settings,
    moves,
  });
  const opened: Told = { tell: "opened", baselines: {} as never, workers: 1 };
  function playTwo() {
    const [one, other] = [play(), play()];
    for (const { tell } of [one, other]) tell(opened, stands(0, false, 0));
    const lanes = [one.lane, other.lane];
    const ask = (asked: Parameters<Lane["ask"]>[0]) => {
      for (const lane of lanes) lane.ask(asked);
    };
    const together = () => {
      bringTogether(lanes);
      return [one, other].map(({ worker }) => worker.asked.splice(0).filter(({ do: what }) => what !== "open"));
    };
    return { one, other, ask, together };
  }
  /** Both ran and were paused: at 27 and 16. */
  function apart() {
    const two = playTwo();
    two.ask({ do: "run" });
    two.ask({ do: "pause" });
    two.together();
    two.one.tell(stands(27, false, 2));
    expect(two.together()).toEqual([[], []]); // the other has not told where it stands
    two.other.tell(stands(16, false, 2));
    return two;
  }

  it("stand at the same step: the one behind goes on to where the other is, once", () => {
    const { other, together } = apart();
    expect(together()).toEqual([[], [{ do: "step to", step: 27 }]]);
    expect(together()).toEqual([[], []]);
    other.tell(stands(16, true), stands(27, false, 3));
    expect(together()).toEqual([[], []]);
  });

  it("stay apart where they are paused on the way, until the next step", () => {
    const { one, other, ask, together } = apart();
    together();
    other.tell(stands(16, true));
    ask({ do: "pause" });
    together();
    one.tell(stands(27, false, 3));
    other.tell(stands(20, false, 4));
    expect(together()).toEqual([[], []]);
    ask({ do: "step" });
    together();
    one.tell(stands(28, false, 4));
    other.tell(stands(21, false, 5));
    expect(together()).toEqual([[], [{ do: "step to", step: 28 }]]);
  });

  it("stand both when one has paused by itself, and not when a step or an epoch of one ends first", () => {
    const { one, other, ask, together } = playTwo();
    ask({ do: "run" });
    together();
    one.tell(stands(0, true), stands(100, false, 1));
    other.tell(stands(90, true));
    expect(together()).toEqual([[], [{ do: "pause" }]]);
    other.tell(stands(100, false, 2));
    expect(together()).toEqual([[], []]);
    ask({ do: "epoch" });
    together();
    one.tell(stands(100, true), stands(110, false, 2));
    other.tell(stands(100, true));
    expect(together()).toEqual([[], []]);
  });

  it("go back to the start without a way on to where one still stands", () => {
    const { one, ask, together } = apart();
    ask({ do: "begin", settings });
    one.tell({ tell: "began", step: 0, settings, spec: {} as never }, stands(0, false, 3));
    expect(together().flat()).not.toContainEqual(expect.objectContaining({ do: "step to" }));
  });
});
