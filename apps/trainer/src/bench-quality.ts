// Trains a recipe on `native` and prints, after each epoch, what it came to: `npm run bench -- quality` asks it of ours.
// Usage: node --import tsx apps/trainer/src/bench-quality.ts RECIPE SEED, with RECIPE a name or a JSON file
import { readFileSync } from "node:fs";
import { createRandom, meanPixel } from "@autoencoder/data";
import { findRecipe, parseRecipe, type Recipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import { openDataset, startingBias, trainingImages, usedImages } from "./dataset.ts";
import { native } from "./engines/native.ts";

const [name = "", seed] = process.argv.slice(2);
const base = name.endsWith(".json") ? parseRecipe(readFileSync(name, "utf8"), name) : findRecipe(name);
const recipe: Recipe = { ...base, seed: Number(seed) };
await native.start();
const set = usedImages((await openDataset(undefined)).train, recipe);
const images = trainingImages(set, recipe);
const outputBias = startingBias(recipe, meanPixel(set, images.train));
const random = createRandom(recipe.seed);
const now = new Date().toISOString();
const trainer = new Trainer({ recipe, random: () => random.next(), outputBias, now });
const started = performance.now();
for await (const event of trainer.train(images, { clock: () => performance.now() / 1000, residentBytes: () => 0 })) {
  if (event.kind !== "epoch") continue;
  const { epoch, valLoss } = event.record;
  console.log(JSON.stringify({ epoch, seconds: (performance.now() - started) / 1000, valLoss }));
}
process.exit(0);
