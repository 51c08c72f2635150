import { arithmeticOf, layerValues, mapLayerNamed, mapValues, type Place, valueTerms } from "@autoencoder/model";
import { greatestPlace } from "../layers/view.ts";
import { LiveValue } from "./lazy.ts";
import { openingForwardPass } from "./opening-digit.ts";

/** A value of a layer with its arithmetic, computed on the server for the first paint. */
export async function Value({ layer: name, row, column, channel }: { layer: string } & Partial<Place>) {
  const { layers, weights, values } = await openingForwardPass();
  const layer = mapLayerNamed(layers, name);
  const greatest = greatestPlace(layer, layerValues(values, layer));
  const place = {
    row: row ?? greatest.row,
    column: column ?? greatest.column,
    channel: channel ?? greatest.channel,
  };
  const terms = valueTerms(arithmeticOf(layers, layer, { weights, values }), place);
  const map = mapValues(layerValues(values, layer), layer.shape, place.channel);
  return <LiveValue start={{ layer: name, place, terms, map }} />;
}
