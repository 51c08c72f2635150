"use client";
import { collapseRule } from "@autoencoder/model";
import { Button, fixed, integer } from "@autoencoder/ui";
import type { FilmOfRun } from "../../src/features/chapter/film-of-run.ts";
import { FilmTransport } from "../../src/features/chapter/film-transport.tsx";
import { useFilm } from "../../src/features/chapter/use-film.ts";
import { useAnswer } from "../../src/shared/progress.ts";
import styles from "./film.module.css";
import { FilmLane } from "./film-lane.tsx";
import { FilmLines } from "./film-lines.tsx";

export interface LiveFilmProps {
  /** The training that learns, and the one that dies. */
  above: FilmOfRun;
  below: FilmOfRun;
  /** MSE of a black picture. */
  black: number;
}

const filmQuestion = "black-film";

/** Two trainings one above the other, moved by one scrubber; the gradient is shown after the reader's guess. */
export function LiveFilm({ above, below, black }: LiveFilmProps) {
  const count = Math.min(above.steps.length, below.steps.length);
  const film = useFilm([above.frames, below.frames], count);
  const { frame, frames } = film;
  const answer = firstWithoutGradient(below.gradientNorms);
  const asking = useAnswer(filmQuestion, count);
  const step = above.steps[frame] as number;
  return (
    <figure
      className={`wide ${styles.film}`}
      data-testid="film"
      data-loaded={frames !== undefined}
      data-revealed={asking.answered}
    >
      <FilmLane film={above} title="This one learns" frames={frames?.[0]} frame={frame} />
      <FilmLane film={below} title="This one dies" frames={frames?.[1]} frame={frame} />
      <FilmTransport film={film} steps={above.steps} />
      <div className={styles.pair}>
        <FilmLines
          name="Loss of the batch"
          above={above.losses}
          below={below.losses}
          steps={above.steps}
          frame={frame}
          range={[0.001, 0.3]}
          level={{ value: black, name: "a black picture" }}
          small={false}
        />
        <FilmLines
          name="Gradient norm"
          above={above.gradientNorms}
          below={below.gradientNorms}
          steps={above.steps}
          frame={frame}
          range={[1e-12, 1]}
          level={{ value: collapseRule.gradientNorm, name: "no correction any more" }}
          small
          withheld={!asking.answered}
        />
      </div>
      <div className={styles.gate} data-question={filmQuestion}>
        <h3>
          The gradient is what corrects a network. From which step on does the lower one get none any more (a norm below
          0.000001)?
        </h3>
        {!asking.answered && (
          <p className={styles.choices}>
            Move the slider of the film there.{" "}
            <Button onClick={() => asking.answer(frame)}>It is step {integer(step)}</Button>{" "}
            <Button quiet onClick={asking.showMe}>
              show me
            </Button>
          </p>
        )}
        <div aria-live="polite" className={styles.why}>
          {asking.guess !== undefined && <Verdict guess={asking.guess} answer={answer} steps={below.steps} />}
          <div className={styles.answer}>
            {answer === undefined ? (
              <p>In this run the gradient never stays below 0.000001.</p>
            ) : (
              <p>
                From step {below.steps[answer]} on. Look at the lower run there: the sums of the pixels that should be
                ink have a mean of {fixed(below.inkMeans[answer] as number, 0)}, where the sigmoid is flat. The upper
                run has its sums near 0, and keeps its gradient.
              </p>
            )}
          </div>
        </div>
        {asking.answered && (
          <Button quiet onClick={asking.askAgain}>
            ask me again
          </Button>
        )}
      </div>
      <figcaption>
        Both trainings see the same batches. The pictures are test digits as the network rebuilds them, the histograms
        hold the sums that enter the sigmoid, over 32 training digits. The sigmoid’s curve is teal where it is steep and
        grey where it is flat. A map of the last hidden layer is alive if it is not 0 everywhere
        <span className={styles.squares}>, and is drawn as a square; the others are crossed</span>. Every step from 0 to
        64 is a frame; later ones lie further and further apart.
      </figcaption>
    </figure>
  );
}

function Verdict({ guess, answer, steps }: { guess: number; answer: number | undefined; steps: readonly number[] }) {
  const right = answer !== undefined && Math.abs(guess - answer) <= 1;
  return (
    <p data-part="verdict">
      <b>
        Your guess, step {steps[guess]}, is {right ? "right" : "not it"}.
      </b>
    </p>
  );
}

/** The first frame from which on the norm stays below the limit; undefined where it never does. */
function firstWithoutGradient(norms: readonly number[]): number | undefined {
  const last = norms.findLastIndex((norm) => norm >= collapseRule.gradientNorm);
  return last + 1 < norms.length ? last + 1 : undefined;
}
