import { arithmeticOf, layerValues, mapLayerNamed, type SumTerms, valueTerms } from "@autoencoder/model";
import { openingForwardPass } from "../../src/features/chapter/opening-digit.ts";
import { LiveYourTurn } from "./lazy.ts";

/** Inputs this close to 0 or 1 count as such: the sum can then be done in the head. */
const close = 0.02;

/** One sum for the reader: at a place of the first convolution where most inputs are 0 and the others 1. */
export async function YourTurn() {
  const { layers, weights, values } = await openingForwardPass();
  const layer = mapLayerNamed(layers, "conv2d");
  const arithmetic = arithmeticOf(layers, layer, { weights, values });
  const output = layerValues(values, layer);
  const [rows, columns, maps] = layer.shape;
  for (let at = 0; at < rows * columns; at++) {
    const place = { row: Math.floor(at / columns), column: at % columns };
    const termsOf = (channel: number) => valueTerms(arithmetic, { ...place, channel }) as SumTerms;
    const inputs = Array.from(termsOf(0).groups[0]?.inputs ?? []);
    const zeros = inputs.filter((value) => value <= close).length;
    const ones = inputs.filter((value) => value >= 1 - close).length;
    if (zeros < 5 || ones < 3 || zeros + ones < inputs.length) continue;
    // Of the kernels, the first one that gives more than 0 there.
    const map = Array.from({ length: maps }, (_, map) => map).find((map) => (output[at * maps + map] as number) > 0.1);
    if (map === undefined) continue;
    const { groups, bias, value } = termsOf(map);
    const weights = Array.from(groups[0]?.weights ?? []);
    return <LiveYourTurn place={{ ...place, map }} {...{ inputs, weights, bias, value }} />;
  }
  return null;
}
