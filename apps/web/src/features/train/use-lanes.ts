import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { attempt } from "../../shared/result.ts";
import { picturesOf } from "../../training/settings.ts";
import type { Asked } from "./address.ts";
import { type KeptTraining, keep, readKept } from "./kept.ts";
import { Lane, type LaneState } from "./lane.ts";
import { fetchPictures } from "./pictures.ts";

/** Workers that a training gets at most: more of them wait for each other's shards. */
const mostWorkers = 4;
/** Milliseconds between two savings of a training that runs. */
const saveEvery = 15_000;
/** Milliseconds in which a training that was lost goes on by itself once. */
const onceIn = 60_000;

/** What is fetched before a training can begin: so many pictures, and the part of them that has come, 0 to 1. */
export type Loading = { count: number; done: number } | undefined;

export interface Lanes {
  lanes: readonly Lane[];
  states: readonly LaneState[];
  loading: Loading;
  problem: string | undefined;
  /** What happened to a worker, and where the training went on. */
  notice: string | undefined;
  /** Begins anew: one lane, or with `beside` two that differ in their output bias. */
  begin(asked: Asked, options: { run: boolean; kept?: KeptTraining | undefined }): void;
  /** Ends all lanes. */
  end(): void;
}

/**
 * The trainings that run in the page.
 * @param watched numbers of the test digits that their frames rebuild
 * @param ownDigit the reader's drawing, [784] bytes, which they rebuild too
 */
export function useLanes(watched: readonly number[], ownDigit: Uint8Array | undefined): Lanes {
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
  const begin: Lanes["begin"] = async (next, { run, kept }) => {
    const { settings, beside, pauseAt, workers: asked } = next;
    asking.current += 1;
    const own = asking.current;
    askedLast.current = next;
    setProblem(undefined);
    const { train, validation } = picturesOf(settings);
    const count = train + validation;
    setLoading({ count, done: 0 });
    const result = await attempt(() =>
      fetchPictures(count, watched, (done) => own === asking.current && setLoading({ count, done })),
    );
    if (own !== asking.current) return; // another was begun meanwhile
    setLoading(undefined);
    if (!result.ok) return setProblem(`The pictures did not load: ${result.problem.sentence}.`);
    const all = [settings, ...(beside === undefined ? [] : [{ ...settings, outputBias: beside }])];
    const workers =
      asked ?? Math.max(1, Math.floor(Math.min(mostWorkers, navigator.hardwareConcurrency || 1) / all.length));
    const { pictures, watched: digits } = result.value;
    const together = { pictures, watched: withOwn(digits, ownDigit) };
    replace(all.map((one, at) => new Lane(one, together, { workers, kept: at === 0 ? kept : undefined })));
    for (const lane of open.current) lane.ask({ do: "pause by itself", at: pauseAt });
    if (run) for (const lane of open.current) lane.ask({ do: "run" });
  };
  const askedLast = useRef<Asked>(undefined);
  const states = useStates(lanes);
  useKeeping(lanes[0], states[0]);
  const [notice, setNotice] = useState<string>();
  const wentOn = useRef(Number.NEGATIVE_INFINITY);
  const lost = states.find(({ phase }) => phase === "gone");
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each worker that is lost
  useEffect(() => {
    if (!lost || performance.now() - wentOn.current < onceIn) return;
    wentOn.current = performance.now();
    void readKept().then((kept) => {
      // Of two lanes only the first is kept: they begin again together.
      const same = JSON.stringify(kept?.settings) === JSON.stringify(states[0]?.settings);
      const own = same && states.length === 1 ? kept : undefined;
      setNotice(`${lost.problem} Another one goes on from ${own ? `step ${own.step}` : "the start"}.`);
      begin({ ...(askedLast.current as Asked), settings: (states[0] as LaneState).settings }, { run: true, kept: own });
    });
  }, [lost]);
  return {
    lanes,
    states,
    loading,
    problem,
    notice,
    begin,
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
      const { settings, steps, epochs, step } = lane.read();
      if (step > 0) await keep({ settings, step, steps, epochs, state: await lane.save() });
    };
    if (!running) {
      void save();
      return;
    }
    const timer = setInterval(() => void save(), saveEvery);
    return () => clearInterval(timer);
  }, [lane, ready, running]);
}
