import { type Chapter, chapters } from "../../content/chapters.ts";
import { liveData } from "../features/digit/server-data.ts";
import styles from "../features/home/home.module.css";
import { HomeFigure } from "../features/home/home-figure.tsx";
import { findRun } from "../features/run/current-run.ts";
import { Failure } from "../features/run/failure.tsx";
import { codeSize } from "../features/run/numbers.ts";
import { RunName } from "../features/run/run-name.tsx";
import { defaultRun } from "../shared/default-run.ts";

/** Draw a digit, see its code and what is rebuilt from it. Opens on a test digit as the trainer recorded it. */
export default async function HomePage() {
  const loaded = await findRun(defaultRun);
  if (!loaded.ok) return <Failure title="There is no network to show" {...loaded.problem} />;
  const run = loaded.value;
  const data = await liveData(run).catch((error: Error) => error.message);
  if (typeof data === "string") return <Failure title="This run cannot be shown" sentence={data} name={run.name} />;
  const [glance, first] = chapters as [Chapter, Chapter];
  return (
    <div className={styles.page}>
      <h1>
        A digit, <span className={styles.latentWord}>{codeSize(run)} numbers</span>, a digit.
      </h1>
      <HomeFigure
        data={data}
        run={
          <>
            Run <RunName run={run} /> · seed {run.seed} · trained by the engine {run.engine.name}.
          </>
        }
      />
      <nav className={styles.doors} aria-label="Where to go from here">
        <a href="/viewer">
          <b>Look inside</b>
          <span>every layer, every map, every product, for your digit</span>
        </a>
        <a href={`/chapters/${first.slug}`}>
          <b>Start with chapter 1</b>
          <span>
            {first.title}, {first.minutes} minutes
          </span>
        </a>
        <a href={`/chapters/${glance.slug}`}>
          <b>I have to hand it in</b>
          <span>{glance.title}: summaries, curve, reconstructions, files</span>
        </a>
        <a href="/stuck">
          <b>Stuck at 0.11?</b>
          <span>paste your losses, see where they stand and what to change</span>
        </a>
        <a href="/program">
          <b>The program</b>
          <span>the whole assignment in Keras, ten cells, each explained</span>
        </a>
        <a href="/teach">
          <b>For teachers</b>
          <span>a lesson in five links, figures to present, questions to print</span>
        </a>
      </nav>
    </div>
  );
}
