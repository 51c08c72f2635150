import { type LayerSpec, type MapLayer, printedShape } from "@autoencoder/model";
import { integer } from "../format.ts";
import { isVector } from "./names.ts";

/** How a layer makes its shape, with its numbers filled in. */
export function shapeRule({ sizes, shape }: MapLayer): string {
  const { layer, input } = sizes;
  const [height, width, channels] = input;
  const out = printedShape(shape);
  switch (layer.className) {
    case "InputLayer":
      return `the picture itself: ${out}`;
    case "Conv2D": {
      const [kernelHeight, kernelWidth] = layer.kernelSize;
      const side =
        layer.padding === "same"
          ? `padding "same" keeps ${height} × ${width}`
          : `padding "valid": ${height} − ${kernelHeight} + 1 = ${shape[0]}, ${width} − ${kernelWidth} + 1 = ${shape[1]}`;
      const maps = layer.filters === 1 ? "1 filter makes 1 map" : `${layer.filters} filters make ${layer.filters} maps`;
      return `${side}; ${maps}: ${out}`;
    }
    case "MaxPooling2D": {
      const [poolHeight, poolWidth] = layer.poolSize;
      return `${height} / ${poolHeight} = ${shape[0]}, ${width} / ${poolWidth} = ${shape[1]}; the ${channels} maps stay: ${out}`;
    }
    case "UpSampling2D":
      return `${height} · ${layer.size[0]} = ${shape[0]}, ${width} · ${layer.size[1]} = ${shape[1]}; the ${channels} maps stay: ${out}`;
    case "Dense":
      return isVector({ shape })
        ? `${layer.units} units: ${layer.units} numbers`
        : `${integer(layer.units)} units, laid out as ${out}`;
    default:
      return out;
  }
}

/** The layer as Keras has it in Python. */
export function kerasCode(layer: LayerSpec): string {
  switch (layer.className) {
    case "InputLayer":
      return `keras.Input(shape=(${layer.shape.join(", ")}${layer.shape.length === 1 ? "," : ""}))`;
    case "Conv2D":
      return `layers.Conv2D(${layer.filters}, (${layer.kernelSize.join(", ")}), activation="${layer.activation}", padding="${layer.padding}")`;
    case "MaxPooling2D":
      return `layers.MaxPooling2D((${layer.poolSize.join(", ")}), padding="${layer.padding}")`;
    case "UpSampling2D":
      return `layers.UpSampling2D((${layer.size.join(", ")}))`;
    case "Dense":
      return `layers.Dense(${layer.units}${layer.activation === "linear" ? "" : `, activation="${layer.activation}"`}, name="${layer.name}")`;
    case "Flatten":
      return "layers.Flatten()";
    case "Reshape":
      return `layers.Reshape((${layer.targetShape.join(", ")}))`;
  }
}

/** The layer as tfjs has it in TypeScript. */
export function tfjsCode(layer: LayerSpec): string {
  switch (layer.className) {
    case "InputLayer":
      return `tf.input({ shape: [${layer.shape.join(", ")}] })`;
    case "Conv2D":
      return `tf.layers.conv2d({ filters: ${layer.filters}, kernelSize: [${layer.kernelSize.join(", ")}], activation: "${layer.activation}", padding: "${layer.padding}" })`;
    case "MaxPooling2D":
      return `tf.layers.maxPooling2d({ poolSize: [${layer.poolSize.join(", ")}], padding: "${layer.padding}" })`;
    case "UpSampling2D":
      return `tf.layers.upSampling2d({ size: [${layer.size.join(", ")}] })`;
    case "Dense":
      return `tf.layers.dense({ units: ${layer.units}${layer.activation === "linear" ? "" : `, activation: "${layer.activation}"`} })`;
    case "Flatten":
      return "tf.layers.flatten()";
    case "Reshape":
      return `tf.layers.reshape({ targetShape: [${layer.targetShape.join(", ")}] })`;
  }
}
