import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { type Dependency, dependOnPath, recording, stillHolds } from "../src/server/dependencies.ts";
import { Checks } from "./checks.ts";

const dependencies: readonly Dependency[] = [];
const turn = () => new Promise((resolve) => setImmediate(resolve));

it("requests of one turn of the loop share a look, those of the next have their own, though the first is not done", async () => {
  let done = (_: boolean) => {};
  const look = vi.fn(() => new Promise<boolean>((resolve) => (done = resolve)));
  const checks = new Checks(look);
  const first = [checks.holds(dependencies), checks.holds(dependencies)];
  expect(look).not.toHaveBeenCalled(); // what is written by now is seen
  await turn();
  await turn();
  expect(look).toHaveBeenCalledTimes(1);
  const finishFirst = done;
  const second = checks.holds(dependencies);
  await turn();
  await turn();
  expect(look).toHaveBeenCalledTimes(2);
  finishFirst(true);
  done(false);
  expect(await Promise.all([...first, second])).toEqual([true, true, false]);
});

it("answers that were made from other things have looks of their own", async () => {
  const look = vi.fn(async (of: readonly Dependency[]) => of === dependencies);
  const checks = new Checks(look);
  expect(await Promise.all([checks.holds(dependencies), checks.holds([])])).toEqual([true, false]);
});

it("a file that is written before a request is seen by it, however many ask", async () => {
  const folder = mkdtempSync(join(tmpdir(), "checks-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "run.json");
  writeFileSync(file, "a run");
  await new Promise((resolve) => setTimeout(resolve, 150)); // older than the file system's tick
  const { dependencies: made } = await recording(() => dependOnPath(file));
  const looked = vi.fn(stillHolds);
  const checks = new Checks(looked);
  expect(await Promise.all(Array.from({ length: 50 }, () => checks.holds(made)))).not.toContain(false);
  expect(looked).toHaveBeenCalledTimes(1);
  const before = checks.holds(made);
  writeFileSync(file, "mended"); // in the same turn: the look has not begun
  expect(await Promise.all([before, checks.holds(made)])).toEqual([false, false]);
});
