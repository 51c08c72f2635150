import { countParameters } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { integer } from "@autoencoder/ui";
import { codeSize, drawingSentence } from "../run/numbers.ts";
import type { TextTable } from "./tables.ts";

/** Sentences of the report, plain text for the page and for the Markdown. */

/** What the report is about. */
export function introduction(run: Run): string {
  const { encoder, decoder } = run.spec;
  const start = run.page?.start;
  const own = [start && `It began with the weights of the run ${start.run}.`, drawingSentence(run)].filter(Boolean);
  return [
    `A convolutional autoencoder for pictures of 28 × 28 pixels. Its encoder, of ${integer(countParameters(encoder))} parameters, turns a picture into ${codeSize(run)} numbers, the latent vector; its decoder, of ${integer(countParameters(decoder))}, paints the picture again from these numbers alone. It was trained on ${integer(run.dataset.split.train)} images of ${run.dataset.name} to give back what it was shown.`,
    ...own,
  ].join(" ");
}

export function differencesIntroduction({ rows }: TextTable): string {
  if (rows.length === 0) return "Nothing: the run follows the assignment to the letter.";
  return `${rows.length === 1 ? "One thing" : `${rows.length} things`}; all else is as assigned.`;
}

/** Why an output bias does not start at 0; nothing where it does, or where it came with trained weights. */
export function biasReason({ outputBias, page }: Run): string | undefined {
  if (outputBias === 0 || page?.start) return undefined;
  return "The bias often decides whether anything is learned. From 0 the first steps push every output down together. Often they go so far that the sigmoid is flat: the network then prints black pictures, and hardly any gradient is left to change that. The new start adds neither a layer nor a parameter.";
}
