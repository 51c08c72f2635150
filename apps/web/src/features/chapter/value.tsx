import {
  arithmeticOf,
  layerValues,
  type MapLayer,
  mapLayerNamed,
  mapValues,
  type Place,
  valueTerms,
} from "@autoencoder/model";
import { pack } from "../digit/encoding.ts";
import { greatestPlace, largestGroup } from "../layers/view.ts";
import { DenseMachine, LayerMachine } from "./lazy.ts";
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
  if (layer.spec.className === "Dense" && terms.kind === "sum") {
    return <DenseMachine start={pack({ layer: name, place, terms, map })} />;
  }
  const from = layers[layer.index - 1] as MapLayer;
  const readChannel =
    terms.kind === "sum" ? (terms.groups[largestGroup(terms.groups) ?? 0]?.channel ?? 0) : place.channel;
  const read = mapValues(layerValues(values, from), from.shape, readChannel);
  return <LayerMachine start={pack({ layer: name, place, terms, map, read, readChannel })} />;
}
