import { printSummary, summarize, summarizeAutoencoder } from "@autoencoder/model";
import { openPublished } from "../published.ts";
import type { Command } from "./command.ts";

export const summary: Command = {
  usage: "summary RUN",
  what: "print the layers and parameters of a run's networks, as Keras does",
  options: {},
  positionals: { least: 1, most: 1, expected: "a run's name" },
  async perform({ positionals: [name = ""], console: { output } }) {
    const { run } = await openPublished(name, "summary");
    for (const part of [summarize(run.spec.encoder), summarize(run.spec.decoder), summarizeAutoencoder(run.spec)]) {
      printSummary(part, (line) => output.write(`${line}\n`));
      output.write("\n");
    }
  },
};
