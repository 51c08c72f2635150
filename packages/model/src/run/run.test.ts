import { describe, expect, it } from "vitest";
import { findRecipe, recipe, recipes } from "../training/recipes/index.ts";
import { parseRun, runFile, runName } from "./run.ts";

describe("run.json", () => {
  it.each([
    ["no JSON", "{", "run.json: expected a JSON object but it is no JSON; train the run again"],
    ["another version", '{"formatVersion": 2}', "run.json: expected formatVersion 1 but got 2; train the run again"],
    ["null", "null", "run.json: expected a JSON object but it is another value; train the run again"],
    ["without a version", "{}", "run.json: expected formatVersion 1 but got nothing; train the run again"],
  ])("that is %s is refused in one line", (_, text, message) => {
    expect(() => parseRun(text)).toThrow(message);
  });

  it("that lacks a field is refused with the field's name", () => {
    expect(() => parseRun('{"formatVersion": 1, "name": "x"}')).toThrow(/^run.json: status: .*; train the run again$/);
  });
});

describe("names", () => {
  it.each(["assignment", "a", "0-9", "x".repeat(63)])("of a run may be %s", (name) => {
    expect(runName.safeParse(name).success).toBe(true);
  });
  it.each(["", "-a", "A", "a_b", "../a", "a/b", "x".repeat(64), "compare", "mine", "."])(
    "of a run may not be %j",
    (name) => {
      expect(runName.safeParse(name).success).toBe(false);
    },
  );
  const file = (path: string) => runFile.safeParse({ path, bytes: 1, sha256: "0".repeat(64) }).success;
  it.each(["run.csv", "page/encoder/weights.bin"])("of a file may be %s", (path) => expect(file(path)).toBe(true));
  it.each(["/etc/passwd", "../x", "a/../b", "a/./b", ".", "a b", "a\\b"])("of a file may not be %j", (path) => {
    expect(file(path)).toBe(false);
  });
});

it.each(["compare", "mine"])("%s is an address of the site and no run's name", (name) => {
  expect(runName.safeParse(name).error?.issues[0]?.message).toBe("this name is reserved");
});

describe("recipes", () => {
  it("are all well formed and stand under their own names", () => {
    for (const [name, found] of Object.entries(recipes)) {
      expect(recipe.parse(found)).toEqual(found);
      expect(found.name).toBe(name);
    }
  });

  it("differ from the assignment in the output bias alone, and the literal one not at all", () => {
    const { optimizer, batchSize, epochs, validationSplit, outputBias } = findRecipe("assignment");
    expect({ rate: optimizer.learningRate, batchSize, epochs, validationSplit, outputBias }).toEqual({
      rate: 0.001,
      batchSize: 128,
      epochs: 20,
      validationSplit: 0.1,
      outputBias: "logit-mean-pixel",
    });
    const { name, title, outputBias: literal, onCollapse, seed, ...rest } = findRecipe("assignment-literal");
    expect(literal).toBe("zero");
    expect(findRecipe("assignment")).toMatchObject(rest);
    expect([name, title, onCollapse, seed]).toHaveLength(4);
  });

  it("that are unknown are refused with the names there are", () => {
    expect(() => findRecipe("vae")).toThrow(/expected one of assignment, fast, assignment-literal, .* but got "vae"/);
  });
});
