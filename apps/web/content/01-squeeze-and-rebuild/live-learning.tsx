import { fixed, greyPixels, integer, PixelPicture } from "@autoencoder/ui";
import { useMemo } from "react";
import type { FilmOfRun } from "../../src/features/chapter/film-of-run.ts";
import { FilmTransport } from "../../src/features/chapter/film-transport.tsx";
import { useFilm } from "../../src/features/chapter/use-film.ts";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { pixelCount } from "../../src/shared/pixels.ts";
import styles from "./learning.module.css";

export interface LiveLearningProps {
  film: FilmOfRun;
  /** The test digits that the film rebuilds: 784 bytes each in base64. */
  targets: readonly string[];
}

/** Ten test digits above what the network paints of them, at any step of its training. */
export function LiveLearning({ film, targets }: LiveLearningProps) {
  const played = useFilm([film.frames], film.steps.length);
  const asked = useMemo(() => targets.map(decodeBytes), [targets]);
  const first = useMemo(() => decodeBytes(film.first.digits), [film]);
  const { frame } = played;
  const loaded = played.frames?.[0]?.digits;
  const from = loaded ? frame * asked.length * pixelCount : 0;
  const painted = (loaded ?? first).subarray(from, from + asked.length * pixelCount);
  const step = film.steps[frame] as number;
  return (
    <figure className={`wide ${styles.figure}`} data-testid="learning" data-loaded={loaded !== undefined}>
      <p className={styles.name}>
        <b>the target</b> of each is the digit itself
      </p>
      <div className={styles.digits}>
        {asked.map((pixels, at) => (
          <PixelPicture key={at} pixels={greyPixels(pixels)} label={at === 0 ? "ten test digits" : ""} />
        ))}
      </div>
      <div className={styles.digits} data-row="painted">
        {asked.map((_, at) => (
          <PixelPicture
            key={at}
            pixels={greyPixels(painted.subarray(at * pixelCount, (at + 1) * pixelCount))}
            label={at === 0 ? `the ten digits as the network paints them after step ${step}` : ""}
          />
        ))}
      </div>
      <p className={styles.name}>
        <b data-part="decoder">painted</b>{" "}
        {step === 0 ? "before the first step" : `after ${integer(step)} ${step === 1 ? "step" : "steps"}; `}
        {step > 0 && (
          <>
            loss of that step’s batch <span className="number">{fixed(film.losses[frame] as number)}</span>
          </>
        )}
      </p>
      <FilmTransport film={played} steps={film.steps} />
      <figcaption>
        The training of the run {film.name}. A step shows the network some digits and moves each of its weights a
        little. These ten are test digits: no step uses them. Every step up to 64 is a frame, then five for each
        doubling.
      </figcaption>
    </figure>
  );
}
