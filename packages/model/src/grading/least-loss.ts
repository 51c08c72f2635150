import type { Evidence } from "./evidence.ts";

/**
 * The least value that a loss can have on these pictures, reached by giving every pixel back: 0 for the squared error, the
 * pixels' own entropy (in nats) for the cross-entropy, which a grey pixel keeps above 0.
 * @param pixels bytes, 0 to 255
 */
export function leastLoss(loss: Evidence["loss"], pixels: Uint8Array): number {
  if (loss === "mse" || pixels.length === 0) return 0;
  const counts = new Float64Array(256);
  for (const byte of pixels) counts[byte] = (counts[byte] as number) + 1;
  return counts.reduce((sum, count, byte) => sum + count * entropy(byte / 255), 0) / pixels.length;
}

function entropy(chance: number): number {
  if (chance === 0 || chance === 1) return 0;
  return -(chance * Math.log(chance) + (1 - chance) * Math.log(1 - chance));
}
