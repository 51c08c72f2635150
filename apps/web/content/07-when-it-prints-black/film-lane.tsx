import { filmBins } from "@autoencoder/model";
import { fixed, greyPixels, LiveMaps, PixelPicture, SumsHistogram } from "@autoencoder/ui";
import { useMemo } from "react";
import type { FilmFrames, FilmOfRun } from "../../src/features/chapter/film-of-run.ts";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { pixelCount } from "../../src/shared/pixels.ts";
import styles from "./film.module.css";

export interface FilmLaneProps {
  film: FilmOfRun;
  /** What it is called on the page. */
  title: string;
  /** All frames; the first alone is shown until they are there. */
  frames: FilmFrames | undefined;
  frame: number;
}

/** One training at one frame: what it prints, the sums that enter its sigmoid, its living maps. */
export function FilmLane({ film, title, frames, frame }: FilmLaneProps) {
  const first = useMemo(() => decodeBytes(film.first.digits), [film]);
  const at = frames ? frame : 0;
  const part = <Numbers extends { slice(from: number, to: number): Numbers; length: number }>(all: Numbers) => {
    const width = all.length / film.steps.length;
    return all.slice(at * width, (at + 1) * width);
  };
  const digits = frames ? part(frames.digits) : first;
  const ink = frames ? part(frames.ink) : film.first.ink;
  const black = frames ? part(frames.black) : film.first.black;
  const live = frames ? part(frames.live) : film.first.live;
  const { from, to } = filmBins;
  return (
    <section className={styles.lane} aria-label={`${title}, step ${film.steps[at]}`} data-lane={film.name}>
      <p className={styles.laneTitle}>
        <b>{title}</b> bias starts at <span className="number">{fixed(film.outputBias, 3)}</span>
      </p>
      <div className={styles.digits}>
        {film.indices.map((index, digit) => (
          <PixelPicture
            key={index}
            pixels={greyPixels(digits.subarray(digit * pixelCount, (digit + 1) * pixelCount))}
            label={digit === 0 ? `test digits as they are rebuilt after step ${film.steps[at]}` : ""}
            className={styles.digit}
          />
        ))}
      </div>
      <div className={styles.sums}>
        <SumsHistogram
          name="pixels that should be ink"
          counts={ink}
          mean={film.inkMeans[at] as number}
          {...{ from, to }}
        />
        <SumsHistogram
          name="pixels that should be black"
          counts={black}
          mean={film.blackMeans[at] as number}
          {...{ from, to }}
        />
      </div>
      <LiveMaps live={live} />
    </section>
  );
}
