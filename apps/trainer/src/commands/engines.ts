import type { EngineReport } from "@autoencoder/model/run";
import { chooseEngine, engines as known } from "../engines/choose.ts";
import { engineNames } from "../engines/engine.ts";
import type { Command } from "./command.ts";

export const engines: Command = {
  usage: "engines [--json]",
  what: "say which engines can start here, and which one is taken where none is asked for",
  options: { json: { type: "boolean" } },
  positionals: { least: 0, most: 0, expected: "no words" },
  async perform({ values, console: { output } }) {
    const taken = chooseEngine(undefined).engine.name;
    const report: EngineReport = engineNames.map((name) => {
      const { available, ...why } = known[name].probe();
      return { name, available, taken: name === taken, ...why };
    });
    output.write(values.json ? `${JSON.stringify(report)}\n` : inWords(report));
  },
};

function inWords(report: EngineReport): string {
  const lines = report.map(({ name, available, taken, reason, command }) => {
    const state = available ? `can start${taken ? "; taken where none is asked for" : ""}` : `cannot: ${reason}`;
    return `${name.padEnd(8)} ${state}${command ? `; ${command}` : ""}\n`;
  });
  return lines.join("");
}
