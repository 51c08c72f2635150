import type { MapLayer, Place, SumTerms, TermGroup } from "@autoencoder/model";

/** What maps, values and places are called; all of them count from 0. */

/** Whether a layer's maps are single values: the code, and every other layer of 1 × 1 positions. */
export function isVector({ shape: [height, width] }: Pick<MapLayer, "shape">): boolean {
  return height * width === 1;
}

/** `map 17`; of a vector `value 17`. */
export function mapName(layer: Pick<MapLayer, "shape">, map: number): string {
  return isVector(layer) ? `value ${map}` : `map ${map}`;
}

/** `conv2d_1 · map 17 · row 5, col 9` */
export function placeText(layer: MapLayer, { row, column, channel }: Place): string {
  if (isVector(layer)) return `${layer.name} · ${mapName(layer, channel)}`;
  const map = layer.shape[2] === 1 ? "" : ` · ${mapName(layer, channel)}`;
  return `${layer.name}${map} · row ${row}, col ${column}`;
}

/** What a part of a sum is read from: `map 12`, `row 3, col 4`, `value 8`. */
export function groupName({ channel, row, column }: TermGroup, by: SumTerms["by"]): string {
  if (by === "position") return `row ${row}, col ${column}`;
  return by === "value" ? `value ${channel ?? 0}` : `map ${channel}`;
}
