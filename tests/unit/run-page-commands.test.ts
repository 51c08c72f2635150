import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trainEngines, trainOptions, writtenOption } from "@autoencoder/model/run";
import { expect, it } from "vitest";
import { engineNames } from "../../apps/trainer/src/engines/engine.ts";
import { help } from "../../apps/trainer/src/help.ts";
import { parseOptions } from "../../apps/trainer/src/options.ts";

/** What the page /run says about commands, held against the commands. */

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "apps/web/src/features/run-it/run-it-yourself.mdx"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

it("the page lists the trainer's options, all of them and no other", () => {
  const inHelp = [...help.matchAll(/^ {2}(--[a-z-]+(?: [A-Z]+)?) /gm)].map(([, option]) => option);
  expect(inHelp.length).toBeGreaterThan(5);
  expect(trainOptions.map(writtenOption).sort()).toEqual(inHelp.sort());
});

it("the page lists the trainer's engines, each with the command that the trainer names for it", () => {
  expect(trainEngines.map(({ name }) => name)).toEqual(engineNames);
  for (const { name, needs, help } of trainEngines) {
    const [, provision] = /`(npm run native[^`]*)`/.exec(help) ?? [];
    expect(needs.startsWith(provision ? `\`${provision}\`` : "nothing"), name).toBe(true);
    expect(parseOptions(["--engine", name])).toMatchObject({ engine: name });
  }
});

it("the commands of the page exist, with options that the trainer takes", () => {
  const lines = [...page.matchAll(/^(npm (?:run )?(\S+)(?: -- ([^#\n]*))?)/gm)];
  expect(lines.length).toBeGreaterThan(2);
  for (const [line, , script, options] of lines) {
    expect(Object.keys(scripts), line).toContain(script);
    if (script === "train" && options) expect(parseOptions(options.trim().split(/\s+/)), line).not.toBe("help");
  }
});
