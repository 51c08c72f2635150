import { type MapLayer, mapLayerNamed, type Place } from "@autoencoder/model";
import * as z from "zod/mini";

/** What the viewer shows, as its address says it: every view can be linked. */
export interface View {
  layer: string;
  map: number;
  row: number;
  column: number;
  /** The sheet of maps, one map, one value's arithmetic, or the pixel traced end to end. */
  level: "sheet" | "map" | "value" | "trace";
}

/** A recorded sample's number, or the digit that the reader drew. */
export type DigitChoice = number | "drawn";

const whole = z.pipe(z.string().check(z.regex(/^\d{1,6}$/)), z.transform(Number));
const level = z.enum(["sheet", "map", "value", "trace"]);

/** A parameter of an address as Next or URLSearchParams give it. */
type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The view that an address asks for; what is missing or not there is replaced by what the page opens on.
 * @param opening the map and the position to open on where the address names none
 */
export function parseView(
  stages: readonly MapLayer[],
  parameters: Parameters,
  opening?: (stage: MapLayer) => Place,
): View {
  const asked = stages.find(({ name }) => name === parameters.layer);
  const stage = asked ?? mapLayerNamed(stages, defaultStage(stages));
  const [height, width, maps] = stage.shape;
  const first = opening?.(stage) ?? { row: Math.floor(height / 2), column: Math.floor(width / 2), channel: 0 };
  const within = (name: string, size: number, otherwise: number) => {
    const parsed = whole.safeParse(parameters[name]);
    return parsed.success && parsed.data < size ? parsed.data : otherwise;
  };
  const parsed = level.safeParse(parameters.level);
  return {
    layer: stage.name,
    map: within("map", maps, first.channel),
    row: within("row", height, first.row),
    column: within("column", width, first.column),
    level: parsed.success ? parsed.data : "sheet",
  };
}

/** The place of a stage's greatest value: something to see, where the middle of the first map may be 0. */
export function greatestPlace({ shape }: MapLayer, values: Float32Array): Place {
  const [, width, maps] = shape;
  const at = values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
  const position = Math.floor(at / maps);
  return { row: Math.floor(position / width), column: position % width, channel: at % maps };
}

/** The recorded sample that an address asks for; undefined for the reader's own digit, and for nonsense. */
export function parseDigit(parameters: Parameters, samples: number): number | undefined {
  const parsed = whole.safeParse(parameters.digit);
  return parsed.success && parsed.data < samples ? parsed.data : undefined;
}

/** The address of a view, without its path. */
export function viewAddress(view: View, digit: DigitChoice, run: string | undefined): string {
  const { layer, map, row, column, level } = view;
  const parameters = new URLSearchParams(run === undefined ? {} : { run });
  for (const [name, value] of Object.entries({ digit, layer, map, row, column, level })) {
    parameters.set(name, String(value));
  }
  return `?${parameters}`;
}

/** A view of another stage: the place keeps its part of the picture. */
export function atStage(view: View, from: MapLayer, to: MapLayer): View {
  const scaled = (at: number, axis: 0 | 1) =>
    Math.min(to.shape[axis] - 1, Math.floor(((at + 0.5) / from.shape[axis]) * to.shape[axis]));
  const map = Math.min(view.map, to.shape[2] - 1);
  return { ...view, layer: to.name, map, row: scaled(view.row, 0), column: scaled(view.column, 1) };
}

/** The second convolution: large enough to be rich, small enough to be read. */
function defaultStage(stages: readonly MapLayer[]): string {
  const convolutions = stages.filter(({ spec }) => spec.className === "Conv2D");
  return (convolutions[1] ?? stages[0])?.name ?? "";
}
