import { type MapLayer, mapLayerNamed, type Place, type TermGroup } from "@autoencoder/model";
import * as v from "valibot";
import type { DigitOrigin } from "../digit/digits.ts";

/** A value of a layer for a digit, and how much around it is shown: the viewer's address says it, so that it can be linked. */
export interface View {
  layer: string;
  map: number;
  row: number;
  column: number;
  /** The sheet of maps, one map, one value's arithmetic, or the pixel traced end to end. */
  level: "sheet" | "map" | "value" | "trace";
}

/** A recorded sample's number, or the digit that the reader brought along: drawn, or another test digit. */
export type DigitInAddress = number | "own";

/** How an address names a digit. @param without what it names where there is none */
export function digitInAddress(origin: DigitOrigin | undefined, without: DigitInAddress): DigitInAddress {
  if (!origin) return without;
  return origin.kind === "test" && origin.sample !== undefined ? origin.sample : "own";
}

const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const levels = v.picklist(["sheet", "map", "value", "trace"]);

/** A parameter of an address as Next or URLSearchParams give it. */
type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The view that an address asks for; what is missing or not there is replaced by what the page opens on.
 * @param opening the map and the position to open on where the address names none
 */
export function parseView(
  layers: readonly MapLayer[],
  parameters: Parameters,
  opening?: (layer: MapLayer) => Place,
): View {
  const asked = layers.find(({ name }) => name === parameters.layer);
  const layer = asked ?? mapLayerNamed(layers, defaultLayer(layers));
  const [height, width, maps] = layer.shape;
  const first = opening?.(layer) ?? { row: Math.floor(height / 2), column: Math.floor(width / 2), channel: 0 };
  const within = (name: string, size: number, otherwise: number) => {
    const parsed = v.safeParse(wholeNumber, parameters[name]);
    return parsed.success && parsed.output < size ? parsed.output : otherwise;
  };
  const parsed = v.safeParse(levels, parameters.level);
  return {
    layer: layer.name,
    map: within("map", maps, first.channel),
    row: within("row", height, first.row),
    column: within("column", width, first.column),
    level: parsed.success ? parsed.output : "sheet",
  };
}

/** The place of a layer's greatest value: something to see, where the middle of the first map may be 0. */
export function greatestPlace({ shape }: MapLayer, values: Float32Array): Place {
  const [, width, maps] = shape;
  const at = values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
  const position = Math.floor(at / maps);
  return { row: Math.floor(position / width), column: position % width, channel: at % maps };
}

/** The recorded sample that an address asks for; undefined for the reader's own digit, and for nonsense. */
export function parseDigit(parameters: Parameters, samples: number): number | undefined {
  const parsed = v.safeParse(wholeNumber, parameters.digit);
  return parsed.success && parsed.output < samples ? parsed.output : undefined;
}

/** The address of a view, without its path. */
export function viewAddress(view: View, digit: DigitInAddress, run: string | undefined): string {
  const { layer, map, row, column, level } = view;
  const parameters = new URLSearchParams(run === undefined ? {} : { run });
  for (const [name, value] of Object.entries({ digit, layer, map, row, column, level })) {
    parameters.set(name, String(value));
  }
  return `?${parameters}`;
}

/** A view of another layer: the place keeps its part of the picture. */
export function atLayer(view: View, from: MapLayer, to: MapLayer): View {
  const scaled = (at: number, axis: 0 | 1) =>
    Math.min(to.shape[axis] - 1, Math.floor(((at + 0.5) / from.shape[axis]) * to.shape[axis]));
  const map = Math.min(view.map, to.shape[2] - 1);
  return { ...view, layer: to.name, map, row: scaled(view.row, 0), column: scaled(view.column, 1) };
}

/** The second convolution: large enough to be rich, small enough to be read. */
function defaultLayer(layers: readonly MapLayer[]): string {
  const convolutions = layers.filter(({ spec }) => spec.className === "Conv2D");
  return (convolutions[1] ?? layers[0])?.name ?? "";
}

/** The group of a sum with the largest part in it, in either direction; undefined where there is none. */
export function largestGroup(groups: readonly TermGroup[]): number | undefined {
  if (groups.length === 0) return undefined;
  return groups.reduce(
    (best, { subtotal }, index) => (Math.abs(subtotal) > Math.abs((groups[best] as TermGroup).subtotal) ? index : best),
    0,
  );
}

/** Where the viewer shows a value of the digit that a page shows. */
export function viewerAddress(view: View, origin: DigitOrigin | undefined): string {
  return `/viewer${viewAddress(view, digitInAddress(origin, "own"), undefined)}`;
}
