import * as tf from "@tensorflow/tfjs-layers";
import { checkAutoencoder } from "../network/shapes.ts";
import type { AutoencoderSpec, LayerSpec, ModelSpec } from "../network/spec.ts";

/** The three tfjs layers models of one network; they share their weights. */
export interface Autoencoder {
  /** [batch, 28, 28, 1] → [batch, latent] */
  encoder: tf.LayersModel;
  /** [batch, latent] → [batch, 28, 28, 1] */
  decoder: tf.LayersModel;
  /** decoder(encoder(x)) */
  autoencoder: tf.LayersModel;
}

/** Builds the tfjs models of a spec. Their weights are random until `initializeWeights` or `setWeights` fills them. */
export function buildAutoencoder(spec: AutoencoderSpec): Autoencoder {
  checkAutoencoder(spec);
  const encoder = buildModel(spec.encoder);
  const decoder = buildModel(spec.decoder);
  const input = encoder.inputs[0] as tf.SymbolicTensor;
  // Not its `name`: tfjs numbers the names of tensors through a process, so that a second network's files would differ.
  const pixels = tf.input({ shape: input.shape.slice(1), name: input.originalName as string });
  const reconstruction = decoder.apply(encoder.apply(pixels)) as tf.SymbolicTensor;
  return { encoder, decoder, autoencoder: tf.model({ inputs: pixels, outputs: reconstruction, name: "autoencoder" }) };
}

/** Builds one tfjs layers model. */
export function buildModel(spec: ModelSpec): tf.LayersModel {
  const [first, ...rest] = spec.layers;
  if (first?.className !== "InputLayer") {
    throw new Error(`model ${spec.name}: expected an InputLayer first but got ${first?.className}`);
  }
  const input = tf.input({ shape: first.shape, name: first.name });
  const output = rest.reduce((tensor, layer) => buildLayer(layer).apply(tensor) as tf.SymbolicTensor, input);
  return tf.model({ inputs: input, outputs: output, name: spec.name });
}

function buildLayer(layer: LayerSpec): tf.layers.Layer {
  switch (layer.className) {
    case "InputLayer":
      throw new Error(`layer ${layer.name}: an InputLayer can only stand first`);
    case "Conv2D":
      return tf.layers.conv2d({
        name: layer.name,
        filters: layer.filters,
        kernelSize: layer.kernelSize,
        padding: layer.padding,
        activation: layer.activation,
        kernelInitializer: "glorotUniform", // Keras's; tfjs has another default
        biasInitializer: "zeros",
      });
    case "Dense":
      return tf.layers.dense({
        name: layer.name,
        units: layer.units,
        activation: layer.activation,
        kernelInitializer: "glorotUniform",
        biasInitializer: "zeros",
      });
    case "MaxPooling2D":
      return tf.layers.maxPooling2d({ name: layer.name, poolSize: layer.poolSize, padding: layer.padding });
    case "UpSampling2D":
      return tf.layers.upSampling2d({ name: layer.name, size: layer.size, interpolation: "nearest" });
    case "Flatten":
      return tf.layers.flatten({ name: layer.name });
    case "Reshape":
      return tf.layers.reshape({ name: layer.name, targetShape: layer.targetShape });
  }
}
