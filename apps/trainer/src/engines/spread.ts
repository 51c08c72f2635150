import { availableParallelism } from "node:os";
import { layerOverBatch } from "@autoencoder/model/data-parallel";
import type { Recipe } from "@autoencoder/model/recipes";

/** How the batches of a training are spread over workers. */
export interface Spread {
  /** Parts of a batch whose gradients are summed in order: this decides the last bits of the weights. */
  shards: number;
  /** Replicas that compute the shards: this decides only how long it takes. */
  workers: number;
  /** Why there is one shard where more were to be expected. */
  note?: string;
}

/** Shards where nothing else is said. docs/performance.md has what 1 to 16 of them cost on one core, and gain on two. */
export const defaultShards = 4;

/** Images, all epochs together, below which a training has ended before threads of its own would have paid for their start. */
const worthThreads = 4000;

/** What is known of a training before it is spread. */
export interface ToSpread {
  recipe: Recipe;
  /** Images that are still to be trained on, all epochs together. */
  images: number;
  /** The shards of the checkpoint that is continued. */
  saved?: number | undefined;
  /** --workers */
  asked?: number | undefined;
}

/** The shards and workers of a training on an engine that computes in one thread. @param cores that may be used */
export function spreadOf(training: ToSpread, cores = availableParallelism()): Spread {
  const { recipe, images, saved, asked } = training;
  const layer = layerOverBatch(recipe.spec);
  if (layer) {
    const note = `layer ${layer} takes statistics over the whole batch, so each batch is computed in one piece, by one thread`;
    return { shards: 1, workers: 1, note };
  }
  const shards = recipe.shards ?? saved ?? defaultShards;
  const wanted = asked ?? (images < worthThreads ? 1 : cores);
  return { shards, workers: Math.min(wanted, shards) };
}
