import { type MapScale, scaled } from "./map-scale.ts";
import { setGrey } from "./pixels.ts";

interface Tiling {
  /** The pixel of each map's upper left value. */
  corners: readonly number[];
  mapWidth: number;
  /** Pixels of a line of the picture. */
  width: number;
}

/**
 * Paints maps, one pixel a value; done for 100,000 values a digit, so without an array for each.
 * @param scales one for all maps, or one for each
 */
export function paintMaps(
  data: Uint8ClampedArray,
  values: Float32Array,
  scales: readonly MapScale[],
  { corners, mapWidth, width }: Tiling,
): void {
  const maps = corners.length;
  const positions = values.length / maps;
  for (let position = 0; position < positions; position++) {
    const offset = Math.floor(position / mapWidth) * width + (position % mapWidth);
    for (let map = 0; map < maps; map++) {
      const scale = scales[map % scales.length] as MapScale;
      setGrey(data, (corners[map] as number) + offset, scaled(values[position * maps + map] as number, scale));
    }
  }
}
