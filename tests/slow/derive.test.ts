import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun } from "@autoencoder/model/run";
import { afterAll, describe, expect, it } from "vitest";
import { errorLine, smallRecipe, startHere, writeFewDigits } from "../fixtures/trainer.ts";

const folder = mkdtempSync(join(tmpdir(), "derive-"));
const data = join(folder, "few-digits");
const recipe = join(folder, "small.json");
writeFewDigits(data, 16);
writeFileSync(recipe, JSON.stringify(smallRecipe()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], artifacts: string) => startHere(args, artifacts).ended;
const training = ["--recipe", recipe, "--engine", "wasm", "--data", data, "--epochs", "1", "--name", "few"];

describe("deriving from a published run", () => {
  it("adds the tables and changes nothing else, and names what is missing or damaged", async () => {
    const artifacts = join(folder, "derived");
    await run(training, artifacts);
    const published = join(artifacts, "few");
    const before = parseRun(readFileSync(join(published, "run.json"), "utf8"));
    const table = readFileSync(join(published, "test-activations.safetensors"));
    const lacking = { ...before, files: before.files.filter(({ path }) => !path.startsWith("test-activations")) };
    writeFileSync(join(published, "run.json"), `${JSON.stringify(lacking, null, 2)}\n`);
    rmSync(join(published, "test-activations.safetensors"));

    const derive = ["--derive", "--name", "few", "--engine", "wasm"];
    expect(errorLine(await run(derive, artifacts))).toContain("the run was trained on other data");
    mkdirSync(join(artifacts, ".work/few"), { recursive: true });
    writeFileSync(join(artifacts, ".work/few/checkpoint.safetensors"), "of a training that goes on later");
    expect((await run([...derive, "--data", data], artifacts)).code).toBe(0);
    const after = parseRun(readFileSync(join(published, "run.json"), "utf8"));
    expect(after.files.filter(({ path }) => path !== "projections.safetensors")).toEqual(before.files);
    expect({ ...after, files: [] }).toEqual({ ...before, files: [] });
    const maps = readTable(readFileSync(join(published, "projections.safetensors")));
    expect(tensor(maps, "umap/3").shape).toEqual([after.dataset.testImages, 2]);
    expect(readFileSync(join(published, "test-activations.safetensors")).equals(table)).toBe(true);
    expect(readdirSync(join(artifacts, ".work/few"))).toEqual(["checkpoint.safetensors"]);

    writeFileSync(join(published, "encoder/weights.bin"), "altered");
    expect(errorLine(await run([...derive, "--data", data], artifacts))).toMatch(
      /weights.bin: expected \d+ bytes but got 7; train/,
    );
    const missing = await run(["--derive", "--name", "never"], artifacts);
    expect(errorLine(missing)).toContain("there is none; train never first");
    expect(missing.code).toBe(1);
  });
});
