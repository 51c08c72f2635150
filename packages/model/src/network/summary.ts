import { countParameters, layerSizes } from "./parameters.ts";
import { kerasShape, layerShapes, modelOutputShape, type Shape } from "./shapes.ts";
import type { AutoencoderSpec, ModelSpec } from "./spec.ts";

/** One line of a summary, as Keras words it. */
export interface SummaryRow {
  /** `conv2d (Conv2D)` */
  layer: string;
  /** `(None, 28, 28, 32)`; an InputLayer's stands in brackets. */
  outputShape: string;
  parameters: number;
}

/** A model's summary: what `model.summary()` prints before the model is trained. */
export interface Summary {
  name: string;
  rows: SummaryRow[];
  total: number;
  trainable: number;
  nonTrainable: number;
}

/** The summary of encoder or decoder, layer by layer. */
export function summarize(model: ModelSpec): Summary {
  const rows = layerSizes(model).map(({ layer, output, parameters }) => ({
    layer: `${layer.name} (${layer.className})`,
    outputShape: layer.className === "InputLayer" ? `[${kerasShape(output)}]` : kerasShape(output),
    parameters,
  }));
  const total = countParameters(model);
  return { name: model.name, rows, total, trainable: total, nonTrainable: 0 };
}

/** The summary of the autoencoder: its two parts stand as one line each, as in Keras. */
export function summarizeAutoencoder({ encoder, decoder }: AutoencoderSpec): Summary {
  const part = (model: ModelSpec): SummaryRow => ({
    layer: `${model.name} (Functional)`,
    outputShape: kerasShape(modelOutputShape(model)),
    parameters: countParameters(model),
  });
  const input = layerShapes(encoder)[0] as Shape;
  const inputName = encoder.layers[0]?.name ?? "input";
  const rows = [
    { layer: `${inputName} (InputLayer)`, outputShape: `[${kerasShape(input)}]`, parameters: 0 },
    part(encoder),
    part(decoder),
  ];
  const total = rows.reduce((sum, row) => sum + row.parameters, 0);
  return { name: "autoencoder", rows, total, trainable: total, nonTrainable: 0 };
}

/** A summary as text, line by line through `print`. */
export function printSummary(summary: Summary, print: (line: string) => void): void {
  const header = { layer: "Layer (type)", outputShape: "Output Shape", parameters: "Param #" };
  const cells = [header, ...summary.rows.map((row) => ({ ...row, parameters: String(row.parameters) }))];
  const first = Math.max(...cells.map(({ layer }) => layer.length)) + 3;
  const second = Math.max(...cells.map(({ outputShape }) => outputShape.length)) + 3;
  const width = first + second + 10;
  const line = ({ layer, outputShape, parameters }: typeof header) =>
    ` ${layer.padEnd(first)}${outputShape.padEnd(second)}${parameters}`;
  print(`Model: "${summary.name}"`);
  print("_".repeat(width));
  print(line(header));
  print("=".repeat(width));
  for (const row of cells.slice(1)) print(line(row));
  print("=".repeat(width));
  print(`Total params: ${count(summary.total)}`);
  print(`Trainable params: ${count(summary.trainable)}`);
  print(`Non-trainable params: ${count(summary.nonTrainable)}`);
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
