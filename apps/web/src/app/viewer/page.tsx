import { arithmeticOf, layerValues, mapLayerNamed, mapValues, valueTerms } from "@autoencoder/model";
import type { Metadata } from "next";
import { liveData } from "../../features/digit/server-data.ts";
import { Failure } from "../../features/run/failure.tsx";
import { defaultRun, serverRun } from "../../features/run/server-run.ts";
import { RunFacts } from "../../features/viewer/run-facts.tsx";
import { greatestPlace, parseDigit, parseView } from "../../features/viewer/view-state.ts";
import styles from "../../features/viewer/viewer.module.css";
import { Viewer } from "../../features/viewer/viewer.tsx";
import { testDigitInside } from "../../server/inside.ts";

export const metadata: Metadata = {
  title: "The viewer",
  description: "Every layer, every feature map, every value and every product of a convolutional autoencoder, live.",
};

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The viewer, its first view computed on the server from the same weights. */
export default async function ViewerPage({ searchParams }: Props) {
  const asked = await searchParams;
  const name = (Array.isArray(asked.run) ? asked.run[0] : asked.run) ?? defaultRun;
  const loaded = await serverRun(name);
  if (!loaded.ok) return <Failure title="This run cannot be shown" problem={loaded.problem} name={name} />;
  const { run } = loaded.source;
  const digit = parseDigit(asked, 100);
  try {
    const data = await liveData(loaded.source, digit);
    const { stages, weights, all } = await testDigitInside(run, data.first.index);
    const view = parseView(stages, asked, (stage) => greatestPlace(stage, layerValues(all, stage)));
    const stage = mapLayerNamed(stages, view.layer);
    const place = { row: view.row, column: view.column, channel: view.map };
    const start = {
      map: mapValues(layerValues(all, stage), stage.shape, view.map),
      layer: stage.name,
      place,
      terms: valueTerms(arithmeticOf(stages, stage, { weights, values: all }), place),
    };
    return (
      <>
        <h1 className={styles.title}>Look inside</h1>
        <Viewer
          data={data}
          first={view}
          digitAsked={digit !== undefined}
          run={name === defaultRun ? undefined : name}
          start={start}
          facts={<RunFacts run={run} />}
        />
      </>
    );
  } catch (error) {
    return <Failure title="This run cannot be shown" problem={(error as Error).message} name={name} />;
  }
}
