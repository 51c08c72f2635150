import { forwardWithout, layerValues, type MapLayer, meanSquaredError } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { forwardPass } from "./forward-pass.ts";

/** What a digit's error becomes when ReLU is taken out of a trained network, which is left as it is otherwise. */
export interface WithoutRelu {
  /** Layers with ReLU, in order. */
  layers: string[];
  /** How many times the digit's MSE as trained: without the first layer's ReLU, and without any. */
  first: number;
  all: number;
}

/** @param index place of the digit among the test images @throws RunProblem */
export async function withoutRelu(run: Run, index: number): Promise<WithoutRelu> {
  const { layers, weights, values } = await forwardPass(run, index);
  const [input, output] = [layers[0] as MapLayer, layers.at(-1) as MapLayer];
  const pixels = layerValues(values, input);
  const errorOf = (numbers: Float32Array) => meanSquaredError(pixels, layerValues(numbers, output));
  const names = layers.filter(({ spec }) => "activation" in spec && spec.activation === "relu").map(({ name }) => name);
  const times = (straight: string[]) =>
    errorOf(forwardWithout({ straight, averaged: false }, layers, { weights, pixels })) / errorOf(values);
  return { layers: names, first: times(names.slice(0, 1)), all: times(names) };
}
