import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { expect, it } from "vitest";
import series from "../../apps/web/content/07-when-it-prints-black/seeds.json" with { type: "json" };
import { cells } from "../../apps/web/content/program.ts";

const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const run = (name: string) => parseRun(readFileSync(join(root, "artifacts", name, "run.json"), "utf8"));

it("the README's figures are those of the committed runs", () => {
  const { history, test, baselines, seconds } = run("assignment");
  const last = history.at(-1)!;
  const row = (title: string) => readme.split("\n").find((line) => line.startsWith(`| ${title}`)) ?? "";
  expect(row("loss, last epoch")).toContain(`| ${last.loss!.toFixed(5)} |`);
  expect(row("validation loss, last epoch")).toContain(`| ${last.valLoss!.toFixed(5)} |`);
  expect(row("test MSE")).toContain(`| ${test.mse.toFixed(5)} |`);
  expect(row("test PSNR, SSIM")).toContain(`| ${test.psnr?.toFixed(1)} dB, ${test.ssim.toFixed(3)} |`);
  expect(row("time")).toContain(`${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`);
  for (const value of Object.values(baselines)) expect(readme).toContain(value.toFixed(4));
  const { collapse, history: literal } = run("assignment-literal");
  expect(readme.replaceAll(/\s+/g, " ")).toContain(
    `found collapsed at batch ${collapse!.batch} of epoch ${collapse!.epoch}, and its`,
  );
  expect(readme).toContain(literal.at(-1)!.valLoss!.toFixed(4));
  for (const name of ["assignment-128", "assignment-bce"]) {
    expect(readme).toMatch(new RegExp(`artifacts/${name}/[^)]*${run(name).test.mse.toFixed(5)}`));
  }
});

it("how many seeds printed black is told as the trainer counted them, and when", () => {
  const [{ batches, outcomes }] = series as [(typeof series)[number]];
  const black = outcomes.filter(({ collapsed }) => collapsed !== null).length;
  expect(readme.replaceAll(/\s+/g, " ")).toContain(`${black} of ${outcomes.length} seeds after ${batches} batches`);
  const decision = readFileSync(join(root, "docs/decisions/0001-output-bias.md"), "utf8").replaceAll(/\s+/g, " ");
  expect(decision).toContain(`${black} of the ${outcomes.length} that the trainer counted, ${batches} batches on`);
  const decoder = cells.find(({ title }) => title === "Decoder")?.note;
  expect(decoder).toContain(`${black} of ${outcomes.length} of another after ${batches}`);
  expect(decoder).toContain("11 of 12 seeds of one series had printed black after 160 batches");
});
