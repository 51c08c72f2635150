import { findRecipe, type Recipe, vary } from "@autoencoder/model/recipes";
import { pageImages, type TrainingSettings } from "./settings.ts";

/** Epochs until a training in the page pauses by itself; it goes on when it is run again. */
const epochs = 2000;

/** The trainer's recipe for these settings: the assignment's, with some of its settings changed. */
export function recipeOf({
  learningRate,
  batchSize,
  latent,
  loss,
  optimizer,
  outputBias,
  seed,
}: TrainingSettings): Recipe {
  const { train, validation } = pageImages;
  return {
    ...vary(findRecipe("assignment"), { learningRate, batchSize, latent, loss, optimizer }),
    images: [0, train + validation],
    validationSplit: validation / (train + validation),
    outputBias: outputBias === 0 ? "zero" : "logit-mean-pixel",
    onCollapse: "continue", // the reader sees it happen, and may mend it
    epochs,
    seed,
  };
}
