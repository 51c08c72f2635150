import { modelOutputShape, sizeOf } from "@autoencoder/model";
import { chapters } from "../../content/chapters.ts";
import { Failure } from "../figures/failure.tsx";
import styles from "../figures/home/home.module.css";
import { HomeFigure } from "../figures/home/home-figure.tsx";
import { liveData } from "../figures/live/server-data.ts";
import { RunName } from "../figures/run-name.tsx";
import { defaultRun, serverRun } from "../run-source/server-run.ts";

/** Draw a digit, see its code and what is rebuilt from it. Opens on a test digit as the trainer recorded it. */
export default async function HomePage() {
  const loaded = await serverRun(defaultRun);
  if (!loaded.ok) return <Failure title="There is no network to show" problem={loaded.problem} name={defaultRun} />;
  const { run } = loaded.source;
  const data = await liveData(loaded.source).catch((error: Error) => error.message);
  if (typeof data === "string") return <Failure title="This run cannot be shown" problem={data} name={run.name} />;
  const numbers = sizeOf(modelOutputShape(run.spec.encoder));
  return (
    <div className={styles.page}>
      <h1>
        A digit, <span className={styles.latentWord}>{numbers} numbers</span>, a digit.
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
        {chapters.map(({ slug, title, minutes, marks }) => (
          <a key={slug} href={`/chapters/${slug}`}>
            <b>{title}</b>
            <span>
              {minutes} minutes · {marks}
            </span>
          </a>
        ))}
      </nav>
    </div>
  );
}
