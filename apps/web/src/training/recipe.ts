import type { AutoencoderSpec, LayerSpec } from "@autoencoder/model";
import { findRecipe, type Recipe, vary } from "@autoencoder/model/recipes";
import { assignmentSettings, picturesOf, type TrainingSettings } from "./settings.ts";

/** Epochs until a training in the page pauses by itself; it goes on when it is run again. */
const epochs = 2000;

/** The trainer's recipe for these settings: the assignment's, with some of its settings changed. */
export function recipeOf(settings: TrainingSettings): Recipe {
  const { learningRate, batchSize, latent, loss, optimizer, outputBias, seed, filters } = settings;
  const { train, validation } = picturesOf(settings);
  return {
    ...withFilters(vary(findRecipe("assignment"), { learningRate, batchSize, latent, loss, optimizer }), filters),
    images: [0, train + validation],
    validationSplit: validation / (train + validation),
    outputBias: outputBias === 0 ? "zero" : "logit-mean-pixel",
    onCollapse: "continue", // the reader sees it happen, and may mend it
    epochs,
    seed,
  };
}

/** The recipe with so many filters in its first convolution, and all other maps by the same part of what they were. */
function withFilters(recipe: Recipe, filters: number): Recipe {
  const part = filters / assignmentSettings.filters;
  if (part === 1) return recipe;
  const { encoder, decoder } = recipe.spec;
  const output = decoder.layers.at(-1);
  const decoded = decoder.layers.map((layer) => (layer === output ? layer : scaled(layer, part)));
  const spec: AutoencoderSpec = {
    // The encoder's Dense layer is the code, whose length is a setting of its own.
    encoder: { ...encoder, layers: encoder.layers.map((l) => (l.className === "Dense" ? l : scaled(l, part))) },
    decoder: { ...decoder, layers: decoded },
  };
  return { ...recipe, name: `${recipe.name}-${filters}-filters`, spec };
}

function scaled(layer: LayerSpec, part: number): LayerSpec {
  if (layer.className === "Conv2D") return { ...layer, filters: layer.filters * part };
  if (layer.className === "Dense") return { ...layer, units: layer.units * part };
  if (layer.className !== "Reshape") return layer;
  const [rows, columns, maps] = layer.targetShape as [number, number, number];
  return { ...layer, targetShape: [rows, columns, maps * part] };
}
