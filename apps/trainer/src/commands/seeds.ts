import { availableParallelism } from "node:os";
import { createRandom, meanPixel } from "@autoencoder/data";
import { wilson } from "@autoencoder/model";
import { DataParallel } from "@autoencoder/model/data-parallel";
import { findRecipe, type Recipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import { UsageError, whole } from "../command-line.ts";
import { openDataset, startingBias, trainingImages, usedImages } from "../dataset.ts";
import { chooseEngine } from "../engines/choose.ts";
import { engineNamed } from "../engines/named.ts";
import { defaultShards } from "../engines/spread.ts";
import type { Command } from "./command.ts";

/** What became of a seed. */
interface Outcome {
  seed: number;
  /** The batch at which the run was found to have collapsed; null where it was not. */
  collapsed: number | null;
  /** Loss of the last batch. */
  loss: number;
}

export const seeds: Command = {
  usage: "seeds RECIPE [--seeds N] [--batches N] [--engine E] [--json]",
  what: "train with seeds 1 to N (12) for some batches (200) each, and say which runs collapse; nothing is written",
  options: {
    seeds: { type: "string" },
    batches: { type: "string" },
    engine: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: { least: 1, most: 1, expected: "a recipe's name" },
  async perform({ positionals: [name = ""], values, console: { output, errors } }) {
    const recipe = recipeNamed(name);
    const count = whole({ most: 1000 })("--seeds", String(values.seeds ?? 12));
    const train = usedImages((await openDataset(undefined)).train, recipe);
    const { train: trainedOn } = trainingImages(train, recipe);
    const outputBias = startingBias(recipe, meanPixel(train, trainedOn));
    const epoch = Math.ceil(trainedOn / recipe.batchSize);
    const batches = whole({ most: epoch })("--batches", String(values.batches ?? 200));
    const { engine } = chooseEngine(engineNamed("--engine", values.engine as string | undefined));
    const { workers: _, ...computed } = await engine.start();
    const workers = engine.openWorkers?.(recipe, Math.min(defaultShards, availableParallelism()));
    const parallel = workers && new DataParallel(workers, { spec: recipe.spec, shards: defaultShards });
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= count; seed++) {
      const seeded: Recipe = { ...recipe, seed, onCollapse: "stop" };
      const images = trainingImages(train, seeded);
      const now = new Date().toISOString();
      const random = createRandom(seed);
      const trainer = new Trainer({ recipe: seeded, parallel, random: () => random.next(), outputBias, now });
      const outcome = { seed, ...(await followed(trainer.train(images, surroundings), batches)) };
      trainer.dispose();
      outcomes.push(outcome);
      const found = outcome.collapsed === null ? "learns" : `collapsed by batch ${outcome.collapsed}`;
      errors.write(`seed ${seed}: ${found}, loss ${outcome.loss.toFixed(4)}\n`);
    }
    await parallel?.close();
    if (values.json) {
      output.write(`${JSON.stringify({ recipe: name, engine: computed, batches, outcomes })}\n`);
      return;
    }
    const collapsed = outcomes.filter((outcome) => outcome.collapsed !== null);
    const [low, high] = wilson(collapsed.length, count).map((share) => (100 * share).toFixed(0));
    const first = collapsed[0] ? `; the first is seed ${collapsed[0].seed}` : "";
    output.write(
      `${engine.name}: ${collapsed.length} of ${count} seeds collapsed within ${batches} batches ` +
        `(95 % interval ${low} to ${high} %)${first}\n`,
    );
  },
};

const surroundings = { clock: () => performance.now() / 1000, residentBytes: () => 0 };

/** Follows a training to its collapse, or for some batches. */
async function followed(events: ReturnType<Trainer["train"]>, batches: number): Promise<Omit<Outcome, "seed">> {
  let loss = Number.NaN;
  for await (const event of events) {
    if (event.kind === "collapse") return { collapsed: event.batch, loss };
    if (event.kind !== "batch") continue;
    loss = event.loss;
    if (event.batch === batches) break;
  }
  return { collapsed: null, loss };
}

function recipeNamed(name: string): Recipe {
  try {
    return findRecipe(name);
  } catch (cause) {
    throw new UsageError(`seeds: ${(cause as Error).message}`, { cause });
  }
}
