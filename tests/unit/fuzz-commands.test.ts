import { findRecipe } from "@autoencoder/model/recipes";
import { runName, trainOptions } from "@autoencoder/model/run";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOptions } from "../../apps/trainer/src/options.ts";
import { checkFingerprint, type Fingerprint } from "../../apps/trainer/src/run-folder/fingerprint.ts";
import { isSentence, tryMutants } from "../fixtures/fuzzing.ts";
import { hostilePiece, jsonMutants, textMutants } from "../fixtures/mutants.ts";

/** What the trainer takes from its command line and from the checkpoint of an earlier run. */

describe("the trainer", () => {
  const values = fc.oneof(
    hostilePiece,
    fc.integer({ min: -2, max: 3000 }).map(String),
    fc.constantFrom("assignment", "nobody", "nowhere.json", "wasm", "auto", "my-run", "mine"),
    textMutants("assignment-64"),
  );
  const option = fc.constantFrom(...trainOptions, { name: "turbo" });
  const word = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(option, values).map(([found, value]) => written(found, value)) },
    { weight: 1, arbitrary: values.map((value) => [value]) },
    { weight: 1, arbitrary: fc.tuple(option, values).map(([{ name }, value]) => [`--${name}=${value}`]) },
  );
  const written = (found: { name: string; value?: string }, value: string) =>
    found.value === undefined ? [`--${found.name}`] : [`--${found.name}`, value];

  it("parses its options, or says what it expected", () =>
    tryMutants({
      parser: "options of npm run train",
      mutants: fc.array(word, { maxLength: 5 }).map((words) => words.flat()),
      parse: (argv) => parseOptions(argv),
      use(options) {
        if (typeof options === "string") return;
        const { recipe, name } = options;
        expect(runName.safeParse(name).success).toBe(true);
        for (const count of [recipe.epochs, recipe.seed, ...(recipe.images ?? [])])
          expect(Number.isSafeInteger(count)).toBe(true);
        expect(recipe.epochs >= 1 && recipe.epochs <= 2000).toBe(true);
      },
      says: /./,
    }));

  it.each([
    ["a line end for a number", ["--images", "\n"]],
    ["a separator of lines for a number", ["--seed", "\u2028"]],
    ["a line end for an option", ["--a\nb"]],
    ["a word of thousands of letters", ["x".repeat(5000)]],
    ["words beside --turbo", ["--turbo", "--name", "\u2028".repeat(900)]],
    ["a separator of lines for a recipe", ["--recipe", "\u2028"]],
  ])("says on one line what is wrong with %s", (_, argv) => {
    let message = "";
    try {
      parseOptions(argv);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).not.toBe("");
    expect(isSentence(message), message).toBe(true);
  });

  it("continues the run that a checkpoint is of, or says what is another", () => {
    const own: Fingerprint = {
      recipe: findRecipe("assignment"),
      engine: "wasm",
      images: 60_000,
      dataset: ["a".repeat(64)],
      source: { sha256: "b".repeat(64), commit: null, dirty: false },
    };
    const text = JSON.stringify(own);
    return tryMutants({
      parser: "fingerprint of a checkpoint",
      mutants: fc.oneof(fc.constant(text), jsonMutants(text), textMutants(text)),
      parse: (saved) => checkFingerprint(saved, own),
      use: ({ recipe, engine, images, dataset }) =>
        expect({ recipe, engine, images, dataset }).toEqual({
          recipe: own.recipe,
          engine: own.engine,
          images: own.images,
          dataset: own.dataset,
        }),
    });
  });
});
