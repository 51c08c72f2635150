import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { expect, it } from "vitest";
import { grading, line, look } from "../../browser/grading-page.ts";

const run = parseRun(readFileSync(join(import.meta.dirname, "../../../artifacts/assignment/run.json"), "utf8"));

it("the committed healthy run gets the figures that the trainer recorded, recomputed here on every image", async () => {
  await grading(async (page) => {
    await look(page);
    await page.getByRole("button", { name: "Check all 16,000 images" }).click();
    await page.locator("[data-phase=done]").waitFor({ timeout: 150_000 });
    const number = async (id: string, after: string) => Number((await line(page, id)).split(after)[1]!.split(" ")[1]);
    expect(Math.abs((await number("B1", "MSE")) - run.history.at(-1)!.valLoss!)).toBeLessThan(2e-5);
    expect(Math.abs((await number("C2", "MSE")) - run.test.mse)).toBeLessThan(2e-5);
    const worst = run.test.perDigit.reduce((a, b) => (b.mse > a.mse ? b : a));
    expect(await line(page, "C4")).toContain(`class ${worst.digit}: `);
    expect(await line(page, "C4")).toContain(`${(worst.mse / run.test.mse).toFixed(2)} × all`);
    const [first, ...rest] = run.history.map(({ valLoss }) => valLoss!);
    expect(await line(page, "B5")).toContain(`last / first ${(rest.at(-1)! / first!).toFixed(2)} ≤ 0.60`);
    expect(await page.locator("[data-part=total]").innerText()).toBe("8");
    expect(await page.locator("[data-part=badges]").innerText()).toMatch(/6 of 6[\s\S]*2 of 2[\s\S]*0 of 2/);
    const weights = run.files.filter(({ path }) => /^page\/.*weights.bin$/.test(path));
    await page.getByText("Which run, rubric and weights").click();
    const printed = await page.locator("[data-part=printed]").innerText();
    for (const { sha256 } of weights) expect(printed).toContain(sha256);
    expect(printed).toMatch(/rubric version \d+ · page build \S+/);
    expect(printed).toMatch(/Checked on \d\d\/\d\d\/\d{4}/);
  });
}, 200_000);
