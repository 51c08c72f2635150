import { arithmeticOf, layerValues, mapLayerNamed, mapValues, valueTerms } from "@autoencoder/model";
import { pack } from "../../features/digit/encoding.ts";
import { liveData } from "../../features/digit/server-data.ts";
import { greatestPlace, parseDigit, parseView } from "../../features/layers/view.ts";
import { currentRunResult } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import { RunDetails } from "../../features/viewer/run-details.tsx";
import styles from "../../features/viewer/viewer.module.css";
import { Viewer } from "../../features/viewer/viewer.tsx";
import { defaultRun } from "../../shared/default-run.ts";
import { api } from "../../trpc/caller.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "The viewer",
      description:
        "Every layer, every feature map, every value and every product of a convolutional autoencoder, live.",
    },
    { sample: 80 },
  );

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The viewer, its first view computed on the server from the same weights. */
export default async function ViewerPage({ searchParams }: Props) {
  const asked = await searchParams;
  const loaded = await currentRunResult();
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const run = loaded.value;
  const digit = parseDigit(asked, 100);
  try {
    const data = await liveData(run, digit);
    const { layers, weights, values } = await api.digits.forwardPass({ name: run.name, index: data.first.index });
    const view = parseView(layers, asked, (layer) => greatestPlace(layer, layerValues(values, layer)));
    const layer = mapLayerNamed(layers, view.layer);
    const place = { row: view.row, column: view.column, channel: view.map };
    const start = {
      map: mapValues(layerValues(values, layer), layer.shape, view.map),
      layer: layer.name,
      place,
      terms: valueTerms(arithmeticOf(layers, layer, { weights, values }), place),
    };
    return (
      <>
        <h1 className={styles.title}>Look inside</h1>
        <Viewer
          data={data}
          first={view}
          digitAsked={digit !== undefined}
          run={run.name === defaultRun ? undefined : run.name}
          start={pack(start)}
          details={<RunDetails run={run} />}
        />
      </>
    );
  } catch (error) {
    return <Failure title="This run cannot be shown" sentence={(error as Error).message} name={run.name} />;
  }
}
