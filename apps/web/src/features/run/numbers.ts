import { countParameters, modelOutputShape, sizeOf } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { fixed, integer } from "@autoencoder/ui";
import { pixelCount } from "../../shared/pixels.ts";

/** Numbers of the latent vector: all that the decoder gets. */
export function codeSize({ spec }: Pick<Run, "spec">): number {
  return sizeOf(modelOutputShape(spec.encoder));
}

/** All parameters of a network, encoder's and decoder's. */
export function parametersOf({ encoder, decoder }: Run["spec"]): number {
  return countParameters(encoder) + countParameters(decoder);
}

/** Training images in whose place its reader's drawing was trained on. */
export function drawnImages({ page }: Pick<Run, "page">): number {
  const { from, to } = page?.drawing ?? { from: 0, to: 0 };
  return to - from;
}

/** The same in words; nothing of a run that was trained on the images of its data alone. */
export function drawingSentence(run: Pick<Run, "page" | "dataset">): string | undefined {
  const drawn = drawnImages(run);
  if (drawn === 0) return undefined;
  const are = drawn === 1 ? "is" : "are";
  return `${integer(drawn)} of its ${integer(run.dataset.split.train)} training images ${are} its reader’s drawing.`;
}

/** The digits that a run rebuilds best and worst; undefined where none were measured. */
export function extremeDigits({ test }: Run) {
  const sorted = [...test.perDigit].sort((a, b) => a.mse - b.mse);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  return best && worst ? { best, worst } : undefined;
}

/** "as if 1.6 of 784 pixels were completely wrong" */
export function pixelsWorth(mse: number): string {
  return fixed(mse * pixelCount, 1);
}
