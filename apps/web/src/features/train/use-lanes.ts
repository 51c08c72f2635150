import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { attempt } from "../../shared/result.ts";
import { type EngineName, engineLabels } from "../../training/engines/engine.ts";
import { picturesOf, type TrainingSettings, withOwnBias } from "../../training/settings.ts";
import type { Asked } from "./address.ts";
import type { CommittedStart } from "./committed-start.ts";
import { software } from "./engine-trials.ts";
import { keep, readKept } from "./kept.ts";
import { type KeptTraining, Lane, type LaneState } from "./lane.ts";
import { fetchPictures } from "./pictures.ts";

/** Workers that a training gets at most: more of them wait for each other's shards. */
const mostWorkers = 4;
/** Milliseconds between two savings of a training that runs. */
const saveEvery = 15_000;
/** A training that is lost goes on by itself, but not more often than so many times in so many milliseconds. */
const [mostLosses, lossesWithin] = [2, 60_000];

/** What is fetched before a training can begin: so many pictures, and the part of them that has come, 0 to 1. */
export type Loading = { count: number; done: number } | undefined;

export interface Lanes {
  lanes: readonly Lane[];
  states: readonly LaneState[];
  loading: Loading;
  problem: string | undefined;
  /** What happened to a worker, and where the training went on. */
  notice: string | undefined;
  forgetNotice(): void;
  /** Begins anew: one lane, or with `beside` two that differ in their output bias. */
  begin(asked: Asked, options: Beginning): void;
  /** What computes. */
  engine: EngineName;
  /** Has another engine go on from where the trainings stand; without a training it is the next one's. */
  changeEngine(engine: EngineName): void;
  /** Ends all lanes. */
  end(): void;
}

interface Beginning {
  run: boolean;
  /** What each lane goes on from. */
  kept?: KeptTraining | readonly KeptTraining[] | undefined;
}

/**
 * The trainings that run in the page.
 * @param watched numbers of the test digits that their frames rebuild
 * @param ownDigit the reader's drawing, [784] bytes, which they rebuild too
 * @param starts runs whose weights a training can begin from
 */
export function useLanes(
  watched: readonly number[],
  ownDigit: Uint8Array<ArrayBuffer> | undefined,
  starts: readonly CommittedStart[],
): Lanes {
  const [lanes, setLanes] = useState<readonly Lane[]>(none);
  const [loading, setLoading] = useState<Loading>();
  const [problem, setProblem] = useState<string>();
  const asking = useRef(0);
  const open = useRef<readonly Lane[]>(none);
  const replace = useCallback((next: readonly Lane[]) => {
    for (const lane of open.current) lane.close();
    open.current = next;
    setLanes(next);
  }, []);
  useEffect(() => () => replace(none), [replace]);
  const [engine, setEngine] = useState<EngineName>("wasm");
  const means = useRef<{ engine: EngineName; workers: number }>({ engine: "wasm", workers: mostWorkers });
  const compute = (change: Partial<(typeof means)["current"]>) => {
    Object.assign(means.current, change);
    setEngine(means.current.engine);
  };
  const begin: Lanes["begin"] = async (next, { run, kept = [] }) => {
    const { settings, beside, pauseAt, workers: asked } = next;
    asking.current += 1;
    const own = asking.current;
    askedLast.current = next;
    setProblem(undefined);
    const [first] = [kept].flat();
    const drawing = first?.drawing ?? ownDigit;
    if (settings.drawing === "train" && !drawing)
      return setProblem(
        "There is no drawing to train on: draw a digit on the first page and come back, or choose to watch.",
      );
    const { train, validation } = picturesOf(settings);
    const count = train + validation;
    setLoading({ count, done: 0 });
    const result = await attempt(() =>
      fetchPictures(count, watched, (done) => own === asking.current && setLoading({ count, done })),
    );
    if (own !== asking.current) return; // another was begun meanwhile
    if (!result.ok) {
      setLoading(undefined);
      return setProblem(`The pictures did not load: ${result.problem.sentence}.`);
    }
    const start = settings.start === "trained" ? await startOf(settings, first) : undefined;
    if (own !== asking.current) return;
    setLoading(undefined);
    if (start && !start.ok) return setProblem(start.problem.sentence);
    // Lanes differ in the bias that they start with, and trained weights bring their own.
    const second = beside === undefined || start ? [] : [{ ...settings, outputBias: beside }];
    const all = [first ? settings : withOwnBias(settings, start?.value), ...second];
    const { engine, workers: most } = means.current;
    const free = Math.max(1, Math.floor(Math.min(mostWorkers, navigator.hardwareConcurrency || 1) / all.length));
    const workers = engine === "wasm" ? Math.min(most, asked ?? free) : 1;
    const how = { engine, software, workers };
    const { pictures, watched: digits } = result.value;
    const together = {
      pictures,
      watched: withOwn(digits, drawing),
      start: start?.value,
      drawing: settings.drawing === "train" ? drawing : undefined,
    };
    replace(all.map((one, at) => new Lane(one, together, { ...how, kept: [kept].flat()[at] })));
    for (const lane of open.current) lane.ask({ do: "pause by itself", at: pauseAt });
    if (run) for (const lane of open.current) lane.ask({ do: "run" });
  };
  const startOf = (settings: TrainingSettings, kept: KeptTraining | undefined) =>
    attempt(async () => kept?.start ?? (await import("./committed-start.ts")).fetchStart(starts, settings));
  const askedLast = useRef<Asked>(undefined);
  const states = useStates(lanes);
  useKeeping(lanes[0], states[0]);
  const [notice, setNotice] = useState<string>();
  const losses = useRef<number[]>([]);
  const lost = states.find(({ phase }) => phase === "gone");
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each worker that is lost
  useEffect(() => {
    if (!lost) return;
    const now = performance.now();
    const recent = losses.current.filter((at) => now - at < lossesWithin);
    if (recent.length === mostLosses) return;
    losses.current = [...recent, now];
    // What failed twice in a row, or for want of memory, is tried with less.
    if (means.current.engine !== "wasm") compute({ engine: "wasm" });
    else if (lost.lost?.by === "memory" || recent.length > 0) compute({ workers: 1 });
    void readKept().then((kept) => {
      // Of two lanes only the first is kept: they begin again together.
      const same = JSON.stringify(kept?.settings) === JSON.stringify(states[0]?.settings);
      const own = same && states.length === 1 ? kept : undefined;
      const from = own ? `step ${own.step}` : "the start";
      setNotice(`${lost.problem} ${engineLabels[means.current.engine]} goes on from ${from}.`);
      const asked = { ...(askedLast.current as Asked), settings: (states[0] as LaneState).settings };
      begin(asked, { run: lost.lost?.running ?? true, kept: own });
    });
  }, [lost]);
  const changeEngine = async (engine: EngineName) => {
    compute({ engine });
    setNotice(undefined);
    const asked = askedLast.current;
    if (!asked || states.length === 0 || states.some(({ phase }) => phase === "gone")) return;
    const kept = await Promise.all(lanes.map((lane) => lane.kept()));
    begin({ ...asked, settings: (states[0] as LaneState).settings }, { run: false, kept });
  };
  return {
    lanes,
    states,
    loading,
    problem,
    notice,
    forgetNotice: () => setNotice(undefined),
    begin,
    engine,
    changeEngine,
    end: () => {
      asking.current += 1;
      setLoading(undefined);
      replace(none);
    },
  };
}

const none: readonly Lane[] = [];

/** The watched digits with the reader's own at their end. */
export function withOwn(digits: Uint8Array, own: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(digits.length + (own?.length ?? 0));
  all.set(digits);
  if (own) all.set(own, digits.length);
  return all;
}

function useStates(lanes: readonly Lane[]): readonly LaneState[] {
  const last = useRef<readonly LaneState[]>([]);
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = lanes.map((lane) => lane.subscribe(changed));
      return () => {
        for (const end of ends) end();
      };
    },
    [lanes],
  );
  const read = () => {
    const now = lanes.map((lane) => lane.read());
    const same = now.length === last.current.length && now.every((state, at) => state === last.current[at]);
    if (!same) last.current = now;
    return last.current;
  };
  return useSyncExternalStore(subscribe, read, () => noStates);
}

const noStates: readonly LaneState[] = [];

/** Keeps the first lane in this browser: every so often while it runs, and when it stands. */
function useKeeping(lane: Lane | undefined, state: LaneState | undefined): void {
  const running = state?.running ?? false;
  const ready = state?.phase === "ready";
  useEffect(() => {
    if (!lane || !ready) return;
    const save = async () => {
      if (lane.read().step > 0) await keep(await lane.kept());
    };
    if (!running) {
      void save();
      return;
    }
    const timer = setInterval(() => void save(), saveEvery);
    return () => clearInterval(timer);
  }, [lane, ready, running]);
}
