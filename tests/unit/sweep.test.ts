import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorLine, startHere, startProcess, writeFewDigits } from "../fixtures/trainer.ts";

/** A sweep over seeds in shards, as processes beside one another train them. */

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
const [runs, digits] = [join(folder, "runs"), join(folder, "digits")];
beforeAll(() => writeFewDigits(digits, 28));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = ["sweep", "fast", "--seeds", "3", "--epochs", "1", "--images", "200", "--engine", "wasm", "--slim"];
const shard = (part: number) => [...words, "--data", digits, "--shard", `${part}/2`];
const published = () =>
  readdirSync(runs)
    .filter((name) => !name.startsWith("."))
    .sort();

describe("a sweep", () => {
  it("is shared by two processes, each seed trained once; one that is started again has nothing to do", async () => {
    const both = [1, 2].map((part) => startProcess(shard(part), runs).ended);
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual([0, 0]);
    // Three is the recipe's own seed.
    const all = ["", "-seed-1", "-seed-2"].map((end) => `fast-digits-1-epochs-200-images${end}`);
    expect(published()).toEqual(all);
    const again = await startHere(shard(1), runs).ended;
    expect(again).toMatchObject({ code: 0, output: `${all[1]} is published\n${all[0]} is published\n` });
  });

  it.each(["0/2", "3/2", "1", "a/b"])("refuses the shard %s", async (text) => {
    const { code, errors } = await startHere([...words, "--shard", text], runs).ended;
    expect(code).toBe(2);
    expect(errorLine({ code, output: "", errors })).toBe(
      `error: --shard: expected I/N, with I from 1 to N, such as 2/5 but got "${text}"`,
    );
  });

  it.each([
    ["sweep.slurm", "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"],
    ["sweep.yaml", "$((JOB_COMPLETION_INDEX + 1))/8"],
  ])("the example %s is short and gives each task its shard", (name, told) => {
    const text = readFileSync(join(import.meta.dirname, "../../docs/examples", name), "utf8");
    expect(text).toContain(told);
    expect(text.trim().split("\n").length).toBeLessThanOrEqual(20);
  });
});
