import { useEffect, useRef, useState } from "react";
import { attempt } from "../../shared/result.ts";
import { type FilmFrames, fetchFrames } from "./film-of-run.ts";

/** Milliseconds in which a whole film plays. */
const playTime = 8000;

/** Films that are moved together, all of them by one place. */
export interface PlayedFilm {
  frame: number;
  /** Of each film, once they are there. */
  frames: readonly FilmFrames[] | undefined;
  playing: boolean;
  /** Why the frames did not come. */
  problem: string | undefined;
  load(): void;
  /** Stops, and shows a frame; beyond the ends the last one. */
  go(frame: number): void;
  /** Plays, or stops. */
  toggle(): void;
}

/** Some films, whose frames are fetched once one moves them. @param addresses of their frames @param count frames of each */
export function useFilm(addresses: readonly string[], count: number): PlayedFilm {
  const [frame, setFrame] = useState(0);
  const { frames, problem, load } = useFrames(addresses);
  const { playing, play, stop } = usePlaying(frame, count, setFrame);
  return {
    frame,
    frames,
    playing,
    problem,
    load,
    go(to) {
      load();
      stop();
      setFrame(Math.max(0, Math.min(count - 1, to)));
    },
    toggle() {
      load();
      if (playing) stop();
      else play();
    },
  };
}

/** The frames of some films, fetched once they are asked for. */
function useFrames(addresses: readonly string[]) {
  const [frames, setFrames] = useState<readonly FilmFrames[]>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef(false);
  const load = async () => {
    if (asked.current) return;
    asked.current = true;
    setProblem(undefined);
    const result = await attempt(() => Promise.all(addresses.map(fetchFrames)));
    if (result.ok) setFrames(result.value);
    else {
      asked.current = false;
      setProblem(result.problem.sentence);
    }
  };
  return { frames, problem, load: () => void load() };
}

/** Plays from where it stands to the end, from the beginning where it stands at the end. */
function usePlaying(frame: number, count: number, show: (frame: number) => void) {
  const [playing, setPlaying] = useState(false);
  const request = useRef(0);
  useEffect(() => () => cancelAnimationFrame(request.current), []);
  const stop = () => {
    cancelAnimationFrame(request.current);
    setPlaying(false);
  };
  const play = () => {
    const from = frame === count - 1 ? 0 : frame;
    let begun: number | undefined;
    const tick = (now: number) => {
      begun ??= now;
      const at = Math.min(count - 1, from + Math.floor(((now - begun) / playTime) * count));
      show(at);
      if (at < count - 1) request.current = requestAnimationFrame(tick);
      else setPlaying(false);
    };
    setPlaying(true);
    request.current = requestAnimationFrame(tick);
  };
  return { playing, play, stop };
}
