import { Button, integer, NamedButton, Slider } from "@autoencoder/ui";
import styles from "./film-transport.module.css";
import type { PlayedFilm } from "./use-film.ts";

/** Plays a training's film, moves it step by step or to any place, and says why it does not come. */
export function FilmTransport({ film, steps }: { film: PlayedFilm; steps: readonly number[] }) {
  const { frame, playing, problem } = film;
  const step = steps[frame] as number;
  return (
    <>
      <div className={styles.transport}>
        <Button quiet aria-label="One step back" onClick={() => film.go(frame - 1)}>
          ◀
        </Button>
        <NamedButton
          quiet
          className={styles.play}
          names={["play", "pause"]}
          name={playing ? "pause" : "play"}
          onClick={film.toggle}
        />
        <Button quiet aria-label="One step on" onClick={() => film.go(frame + 1)}>
          ▶
        </Button>
        <Slider
          label={
            <>
              after step <b className="number">{integer(step)}</b> of {integer(steps.at(-1) as number)}
            </>
          }
          min={0}
          max={steps.length - 1}
          step={1}
          value={frame}
          aria-valuetext={`step ${step}`}
          onChoose={film.go}
        />
      </div>
      {problem && (
        <p className="notice" role="alert">
          The film did not load: {problem}.{" "}
          <button type="button" onClick={film.load}>
            Try again
          </button>
        </p>
      )}
    </>
  );
}
