import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** The committed notebook; tests/notebook executes it. */

interface Cell {
  cell_type: "code" | "markdown";
  source: string[];
  metadata: { tags?: string[] };
  execution_count?: null;
  outputs?: unknown[];
}

const path = join(import.meta.dirname, "../../notebooks/colab.ipynb");
const { cells, metadata, nbformat } = JSON.parse(readFileSync(path, "utf8")) as {
  cells: Cell[];
  metadata: { accelerator: string };
  nbformat: number;
};
const code = cells.filter(({ cell_type }) => cell_type === "code");

it("the notebook holds no output of anybody's machine, and asks Colab for a GPU", () => {
  expect(nbformat).toBe(4);
  expect(metadata.accelerator).toBe("GPU");
  for (const { outputs, execution_count } of code) {
    expect(outputs).toEqual([]);
    expect(execution_count).toBeNull();
  }
});

it("the notebook has one cell of parameters, which any tool can replace", () => {
  const [parameters, ...others] = code.filter(({ metadata }) => metadata.tags?.includes("parameters"));
  expect(others).toEqual([]);
  const names = parameters!.source.map((line) => line.split(" = ")[0]);
  expect(names).toEqual(["repository", "recipe", "engine", "epochs", "images"]);
  expect(parameters!.source[0]).toMatch(/^repository = "" /);
});

it("the notebook's cells are short, and each step has words of its own before it", () => {
  for (const { source } of code) expect(source.length).toBeLessThanOrEqual(25);
  const pairs = cells.map(({ cell_type }, at) => [cells[at - 1]?.cell_type, cell_type].join());
  expect(pairs.filter((pair) => pair === "code,code")).toHaveLength(1); // run(), and its first use
});
