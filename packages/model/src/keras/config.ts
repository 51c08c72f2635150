import { layerSizes } from "../network/parameters.ts";
import { layerShapes, type Shape } from "../network/shapes.ts";
import type { AutoencoderSpec, LayerSpec, ModelSpec } from "../network/spec.ts";
import type { Recipe } from "../training/recipes/index.ts";

/** `config.json` of a `.keras` file: a functional model as Keras 3 serializes it. */

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** What a config says beyond the spec. */
export interface ConfigOptions {
  /** Where the bias of the decoder's last layer started; 0 is Keras's default. */
  outputBias: number;
}

/** The config of encoder or decoder. */
export function modelConfig(model: ModelSpec, options: ConfigOptions): JsonObject {
  return functional(model.name, modelLayers(model, options), model.layers.at(-1)?.name as string);
}

/** The config of the autoencoder: an input, then encoder and decoder as nested models. */
export function autoencoderConfig(spec: AutoencoderSpec, options: ConfigOptions): JsonObject {
  const input = layerShapes(spec.encoder)[0] as Shape;
  const code = layerShapes(spec.decoder)[0] as Shape;
  const first = spec.encoder.layers[0]?.name as string;
  const part = (model: ModelSpec, from: string, shape: Shape): Json => ({
    ...modelConfig(model, options),
    name: model.name,
    inbound_nodes: [inbound(from, shape)],
  });
  const { encoder, decoder } = spec;
  const layers = [inputLayer(first, input), part(encoder, first, input), part(decoder, encoder.name, code)];
  return functional("autoencoder", layers, decoder.name);
}

/**
 * What `fit` and `evaluate` need to know: the loss and the optimizer, as `compile` is given them. A schedule belongs to the
 * training that has ended with it: `fit` goes on at the recipe's learning rate.
 */
export function compileConfig({ loss, optimizer }: Pick<Recipe, "loss" | "optimizer">): Json {
  const { className, config } = optimizerConfig(optimizer);
  return {
    optimizer: {
      module: "keras.optimizers",
      class_name: className,
      config: { name: optimizer.name, learning_rate: optimizer.learningRate, ...config },
      registered_name: null,
    },
    loss: loss === "mse" ? "mean_squared_error" : "binary_crossentropy",
    loss_weights: null,
    metrics: null,
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** An optimizer's class and own settings, in Keras's names. */
function optimizerConfig(optimizer: Recipe["optimizer"]): { className: string; config: JsonObject } {
  if (optimizer.name === "sgd") {
    const { momentum, nesterov } = optimizer;
    return { className: "SGD", config: { momentum, nesterov } };
  }
  const { beta1, beta2, epsilon } = optimizer;
  const config = { beta_1: beta1, beta_2: beta2, epsilon };
  if (optimizer.name === "adam") return { className: "Adam", config };
  return { className: "AdamW", config: { ...config, weight_decay: optimizer.weightDecay } };
}

function functional(name: string, layers: Json[], output: string): JsonObject {
  const first = (layers[0] as { name: string }).name;
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: { name, trainable: true, layers, input_layers: [first, 0, 0], output_layers: [output, 0, 0] },
    registered_name: "Functional",
    build_config: { input_shape: null },
  };
}

function modelLayers(model: ModelSpec, options: ConfigOptions): Json[] {
  const layers = layerSizes(model);
  return layers.map(({ layer, input }, index) => {
    if (layer.className === "InputLayer") return inputLayer(layer.name, layer.shape);
    const isOutput = model.name === "decoder" && index === layers.length - 1;
    const before = layers[index - 1]?.layer.name as string;
    return {
      module: "keras.layers",
      class_name: layer.className,
      config: {
        name: layer.name,
        trainable: true,
        dtype: floatPolicy,
        ...settings(layer, isOutput ? options.outputBias : 0),
      },
      registered_name: null,
      build_config: { input_shape: [null, ...input] },
      name: layer.name,
      inbound_nodes: [inbound(before, input)],
    };
  });
}

const floatPolicy: Json = {
  module: "keras",
  class_name: "DTypePolicy",
  config: { name: "float32" },
  registered_name: null,
};

function inputLayer(name: string, shape: Shape): Json {
  return {
    module: "keras.layers",
    class_name: "InputLayer",
    config: { batch_shape: [null, ...shape], dtype: "float32", sparse: false, ragged: false, name, optional: false },
    registered_name: null,
    name,
    inbound_nodes: [],
  };
}

function inbound(layer: string, shape: Shape): Json {
  const config = { shape: [null, ...shape], dtype: "float32", keras_history: [layer, 0, 0] };
  return { args: [{ class_name: "__keras_tensor__", config }], kwargs: {} };
}

function initializer(className: string, config: Json): Json {
  return { module: "keras.initializers", class_name: className, config, registered_name: null };
}

/** A layer's own settings, in Keras's names. */
function settings(layer: LayerSpec, bias: number): Record<string, Json> {
  const learned = {
    use_bias: true,
    kernel_initializer: initializer("GlorotUniform", { seed: null }),
    bias_initializer: bias === 0 ? initializer("Zeros", {}) : initializer("Constant", { value: bias }),
  };
  const format = { data_format: "channels_last" };
  switch (layer.className) {
    case "Conv2D": {
      const { filters, kernelSize, padding, activation } = layer;
      return { filters, kernel_size: [...kernelSize], strides: [1, 1], padding, activation, ...format, ...learned };
    }
    case "Dense":
      return { units: layer.units, activation: layer.activation, ...learned };
    case "MaxPooling2D":
      return { pool_size: [...layer.poolSize], strides: [...layer.poolSize], padding: layer.padding, ...format };
    case "UpSampling2D":
      return { size: [...layer.size], interpolation: "nearest", ...format };
    case "Flatten":
      return format;
    case "Reshape":
      return { target_shape: [...layer.targetShape] };
    case "InputLayer":
      return {};
  }
}
