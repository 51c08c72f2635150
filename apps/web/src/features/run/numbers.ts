import { modelOutputShape, sizeOf } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { fixed } from "@autoencoder/ui";
import { pixelCount } from "../../shared/pixels.ts";

/** Numbers of the latent vector: all that the decoder gets. */
export function codeSize({ spec }: Pick<Run, "spec">): number {
  return sizeOf(modelOutputShape(spec.encoder));
}

/** "as if 1.6 of 784 pixels were completely wrong" */
export function pixelsWorth(mse: number): string {
  return fixed(mse * pixelCount, 1);
}
