import { RunFault } from "../../run/fault.ts";
import { firstIssue } from "../../run/issue-words.ts";
import { parseObject } from "../../run/stored-json.ts";
import { type Recipe, recipe } from "./recipe.ts";

/** Characters of a recipe; ours have 3,000. */
const mostText = 1_000_000;
const mend = "mend it";

/** A recipe from a JSON text. @param file what it is called in errors @throws RunFault */
export function parseRecipe(text: string, file: string): Recipe {
  const json = parseObject(text, { what: "a JSON object", most: mostText, file, mend });
  const result = recipe.safeParse(json);
  if (result.success) return result.data;
  throw new RunFault({ file, mend, ...firstIssue(result.error, json) });
}
