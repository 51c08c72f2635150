import { modelOutputShape, sizeOf } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";

/** A count in groups of three digits. */
export function whole(value: number): string {
  return value.toLocaleString("en-US");
}

/** Numbers of the latent vector: all that the decoder gets. */
export function codeSize({ spec }: Pick<Run, "spec">): number {
  return sizeOf(modelOutputShape(spec.encoder));
}

/** A loss or an error: five decimals. */
export function figure(value: number | null): string {
  return value === null ? "not finite" : value.toFixed(5);
}

/** "as if 1.6 of 784 pixels were completely wrong" */
export function pixelsWorth(mse: number): string {
  return (mse * 784).toFixed(1);
}
