import { z } from "zod";
import { recipe } from "../training/recipes/recipe.ts";
import { RunFault } from "./fault.ts";
import { firstIssue } from "./issue-words.ts";
import { pagePart, runSchema } from "./run.ts";
import { parseObject } from "./stored-json.ts";

/** `training.json` of what a page's training gives to download: all that the trainer needs besides the state, to go on with it. */
const pageTraining = z.strictObject({
  formatVersion: z.literal(1),
  recipe,
  /** At which the output layer's bias started. */
  outputBias: z.number().min(-1e6).max(1e6),
  /** The file that the images are the first of. */
  files: runSchema.shape.dataset.shape.files,
  /** Parts of a batch whose gradients were summed in order. */
  shards: z.int().positive(),
  page: pagePart,
});
export type PageTraining = z.infer<typeof pageTraining>;

/** @throws RunFault that names the first field that is wrong */
export function parsePageTraining(text: string): PageTraining {
  const file = "training.json";
  const mend = "download it from the page again";
  const json = parseObject(text, { what: "a JSON object", most: 1_000_000, file, mend });
  const result = pageTraining.safeParse(json);
  if (result.success) return result.data;
  throw new RunFault({ file, mend, ...firstIssue(result.error, json) });
}
