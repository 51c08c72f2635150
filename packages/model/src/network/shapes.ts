import type { AutoencoderSpec, LayerSpec, ModelSpec } from "./spec.ts";
import { countWindows } from "./window.ts";

/** Shape of one example, without the batch axis: `[height, width, channels]` or `[length]`. */
export type Shape = readonly number[];

/** How many numbers an array of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** `(None, 28, 28, 32)`: a shape as Keras prints it, the batch axis first. */
export function kerasShape(shape: Shape): string {
  return shape.length === 0 ? "(None,)" : `(None, ${shape.join(", ")})`;
}

/** `28 × 28 × 32`: a shape as the pages print it. */
export function printedShape(shape: Shape): string {
  return shape.join(" × ");
}

/**
 * The shape that `layer` gives for an input of shape `input`.
 * @throws Error naming the layer, what it expected and what came.
 */
export function outputShape(layer: LayerSpec, input: Shape | undefined): Shape {
  if (layer.className === "InputLayer") return layer.shape;
  if (input === undefined) throw new Error(`layer ${layer.name}: expected an InputLayer before it but it comes first`);
  switch (layer.className) {
    case "Conv2D": {
      const [height, width] = image(layer.name, input);
      const windows = (length: number, kernel: number) =>
        positive(layer.name, input, countWindows(length, { length: kernel, stride: 1, padding: layer.padding }));
      return [windows(height, layer.kernelSize[0]), windows(width, layer.kernelSize[1]), layer.filters];
    }
    case "MaxPooling2D": {
      const [height, width, channels] = image(layer.name, input);
      const windows = (length: number, pool: number) =>
        positive(layer.name, input, countWindows(length, { length: pool, stride: pool, padding: layer.padding }));
      return [windows(height, layer.poolSize[0]), windows(width, layer.poolSize[1]), channels];
    }
    case "UpSampling2D": {
      const [height, width, channels] = image(layer.name, input);
      return [height * layer.size[0], width * layer.size[1], channels];
    }
    case "Flatten":
      return [sizeOf(input)];
    case "Dense":
      if (input.length !== 1) {
        throw new Error(`layer ${layer.name}: expected a vector but got ${kerasShape(input)}; put a Flatten before it`);
      }
      return [layer.units];
    case "Reshape":
      if (sizeOf(layer.targetShape) !== sizeOf(input)) {
        throw new Error(
          `layer ${layer.name}: expected ${sizeOf(layer.targetShape)} values for ${kerasShape(layer.targetShape)} ` +
            `but got ${sizeOf(input)} from ${kerasShape(input)}`,
        );
      }
      return layer.targetShape;
  }
}

/** The output shape of every layer of a model, in order. */
export function layerShapes(model: ModelSpec): Shape[] {
  const shapes: Shape[] = [];
  for (const layer of model.layers) shapes.push(outputShape(layer, shapes.at(-1)));
  return shapes;
}

/** The last shape of a model: what it gives for one example. */
export function modelOutputShape(model: ModelSpec): Shape {
  return layerShapes(model).at(-1) as Shape;
}

/** Throws unless encoder and decoder fit each other: the code's length, and a picture of the input's shape. */
export function checkAutoencoder({ encoder, decoder }: AutoencoderSpec): void {
  const first = layerShapes(encoder)[0] as Shape;
  const code = modelOutputShape(encoder);
  const into = layerShapes(decoder)[0] as Shape;
  const out = modelOutputShape(decoder);
  if (kerasShape(code) !== kerasShape(into)) {
    throw new Error(`decoder input: expected the encoder's output ${kerasShape(code)} but got ${kerasShape(into)}`);
  }
  if (kerasShape(first) !== kerasShape(out)) {
    throw new Error(`decoder output: expected the input's shape ${kerasShape(first)} but got ${kerasShape(out)}`);
  }
}

function image(name: string, shape: Shape): [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new Error(`layer ${name}: expected [height, width, channels] but got ${kerasShape(shape)}`);
  }
  return [height, width, channels];
}

function positive(name: string, input: Shape, length: number): number {
  if (length < 1) {
    throw new Error(`layer ${name}: expected a window within its input ${kerasShape(input)} but it is larger`);
  }
  return length;
}
