import { shown } from "../../words.ts";
import { assignment } from "./assignment.ts";
import { assignmentLiteral } from "./assignment-literal.ts";
import { assignment128, assignmentBce } from "./experiments.ts";
import { fast } from "./fast.ts";
import type { Recipe } from "./recipe.ts";

export { optimizerInWords } from "./in-words.ts";
export { parseRecipe } from "./parse-recipe.ts";
export { mostEpochs, mostShards, type Recipe, recipe } from "./recipe.ts";
export { boundedName, vary } from "./vary.ts";

/** All recipes, by name. */
export const recipes: Readonly<Record<string, Recipe>> = Object.fromEntries(
  [assignment, fast, assignmentLiteral, assignment128, assignmentBce].map((recipe) => [recipe.name, recipe]),
);

/** The recipe called `name`. @throws Error that lists the recipes there are. */
export function findRecipe(name: string): Recipe {
  const found = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!found)
    throw new Error(`unknown recipe: expected one of ${Object.keys(recipes).join(", ")} but got ${shown(name)}`);
  return found;
}
