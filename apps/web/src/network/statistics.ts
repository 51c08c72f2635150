import { type MapLayer, readTable, tensor } from "@autoencoder/model";
import { fetchFile } from "./fetch-file.ts";
import type { RemoteFile } from "./procedures.ts";

/** What the trainer recorded of every layer over all test digits. */
export interface LayerStatistics {
  /** The mean of each of the layer's numbers. */
  readonly mean: Float32Array;
  /** The least and the greatest value of each feature map. */
  readonly least: Float32Array;
  readonly greatest: Float32Array;
}

/** A run's statistics by layer; a layer that the file lacks is left out. @throws ModelProblem when it does not load */
export async function readStatistics(
  file: RemoteFile,
  layers: readonly MapLayer[],
): Promise<ReadonlyMap<string, LayerStatistics>> {
  const table = readTable(await fetchFile(file));
  const known = layers.filter(({ name }) => `${name}/mean` in table);
  return new Map(
    known.map(({ name }) => {
      const of = (what: string) => Float32Array.from(tensor(table, `${name}/${what}`).data);
      return [name, { mean: of("mean"), least: of("min"), greatest: of("max") }];
    }),
  );
}
