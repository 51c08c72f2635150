import { layerValues, type MapLayer } from "@autoencoder/model";
import { openingForwardPass } from "../../src/features/chapter/opening-digit.ts";
import { encodeBytes } from "../../src/features/digit/encoding.ts";
import { LiveFlatten } from "./lazy.ts";

/** Flatten at work on the maps before the code. */
export async function Flatten() {
  const { layers, values } = await openingForwardPass();
  const code = layers.findIndex(({ part }) => part === "code");
  const layer = layers[code - 1] as MapLayer;
  const numbers = layerValues(values, layer);
  const greatest = Math.max(...numbers) || 1;
  const greys = Uint8Array.from(numbers, (value) => Math.round((value / greatest) * 255));
  return <LiveFlatten name={layer.name} greys={encodeBytes(greys)} />;
}
