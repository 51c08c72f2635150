import { integer } from "@autoencoder/ui";
import { type Chapter, chapters } from "../../content/chapters.ts";
import { liveData } from "../features/digit/server-data.ts";
import { Doors } from "../features/home/doors.tsx";
import styles from "../features/home/home.module.css";
import { homeCodes } from "../features/home/home-codes.ts";
import { HomeFigure } from "../features/home/home-figure.tsx";
import { findRun } from "../features/run/current-run.ts";
import { Failure } from "../features/run/failure.tsx";
import { codeSize, parametersOf } from "../features/run/numbers.ts";
import { RunName } from "../features/run/run-name.tsx";
import { defaultRun } from "../shared/default-run.ts";

/** What an autoencoder is, one to play with, and where to go from here. Opens on a test digit as the trainer recorded it. */
export default async function HomePage() {
  const loaded = await findRun(defaultRun);
  if (!loaded.ok) return <Failure title="There is no network to show" {...loaded.problem} />;
  const run = loaded.value;
  const data = await liveData(run).catch((error: Error) => error.message);
  if (typeof data === "string") return <Failure title="This run cannot be shown" sentence={data} name={run.name} />;
  const first = chapters.find(({ number }) => number === 1) as Chapter;
  const count = codeSize(run);
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <p className={styles.kicker}>Inside an autoencoder</p>
        <h1>
          A digit, <span className={styles.latentWord}>{count} numbers</span>, a digit.
        </h1>
        <p className={styles.lead}>
          An <b>autoencoder</b> is a neural network in two halves. The first half turns a picture into {count} numbers.
          The second sees only those numbers and paints the picture again.{" "}
          <span className={styles.short}>
            A neural network is a program that learns from examples: this one from {integer(run.dataset.split.train)}{" "}
            handwritten digits. It runs in your browser.
          </span>
        </p>
        <p className={styles.more}>
          A neural network is a program that learns from examples. From {integer(run.dataset.split.train)} handwritten
          digits this one learned its {integer(parametersOf(run.spec))} weights, the numbers that it calculates with. It
          runs in your browser. <b>Draw a digit, or pull a number.</b>
        </p>
      </div>
      <HomeFigure
        data={data}
        codes={await homeCodes(run)}
        start={
          <>
            <a href={`/chapters/${first.slug}`}>
              Start with chapter {first.number} <small>{first.minutes} min</small>
            </a>
            <a href="/viewer">Look inside</a>
          </>
        }
        run={
          <>
            Run <RunName run={run} /> · seed {run.seed} · trained by the engine {run.engine.name}.
          </>
        }
      />
      <Doors run={run} drawn={data.drawn} />
    </div>
  );
}
