import { psnr, squaredError } from "@autoencoder/model";

/** How far a reconstruction is from its digit, in units that one can feel. */
export interface DigitError {
  /** Mean squared error over the pixels, in [0, 1]. */
  readonly mse: number;
  /** MSE times the number of pixels: as if so many pixels were completely wrong. */
  readonly pixelsWorth: number;
  /** Peak signal-to-noise ratio for a peak of 1, in dB; infinite when the pictures are equal. */
  readonly psnr: number;
}

/** Compares two pictures of the same length with pixels in [0, 1]. */
export function digitError(original: ArrayLike<number>, rebuilt: ArrayLike<number>): DigitError {
  const pixelsWorth = squaredError(rebuilt, original);
  const mse = pixelsWorth / original.length;
  return { mse, pixelsWorth, psnr: psnr(mse) };
}

/** Rebuilt minus original, pixel by pixel, and the greatest size among them. */
export function signedDifference(
  original: ArrayLike<number>,
  rebuilt: ArrayLike<number>,
): { difference: Float32Array; greatest: number } {
  const difference = new Float32Array(original.length);
  let greatest = 0;
  for (let index = 0; index < difference.length; index++) {
    const value = (rebuilt[index] as number) - (original[index] as number);
    difference[index] = value;
    greatest = Math.max(greatest, Math.abs(value));
  }
  return { difference, greatest };
}
