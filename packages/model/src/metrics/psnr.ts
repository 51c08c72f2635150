/** PSNR in dB for a peak of 1: 10·log₁₀(1 / mse). Infinity where `mse` is 0. */
export function psnr(mse: number): number {
  return -10 * Math.log10(mse) + 0; // + 0 turns −0 (mse 1) into 0
}
