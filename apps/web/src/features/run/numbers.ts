import { countParameters, modelOutputShape, sizeOf } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { fixed } from "@autoencoder/ui";
import { pixelCount } from "../../shared/pixels.ts";

/** Numbers of the latent vector: all that the decoder gets. */
export function codeSize({ spec }: Pick<Run, "spec">): number {
  return sizeOf(modelOutputShape(spec.encoder));
}

/** All parameters of a network, encoder's and decoder's. */
export function parametersOf({ encoder, decoder }: Run["spec"]): number {
  return countParameters(encoder) + countParameters(decoder);
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
