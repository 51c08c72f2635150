import { meanSquaredError } from "@autoencoder/model";
import { expectLength, type Network } from "./network.ts";
import type { Input } from "./procedures.ts";
import type { Step } from "./serve.ts";

/** Values that are pulled to both ends in one batch: few, so that nobody who draws waits for them. */
const valuesAtATime = 8;

/**
 * Pulls each value of a code to both ends of its range, one at a time, and compares the picture with that of the code.
 * @returns [2 × latent]: the MSE between the two pictures with value n at its low end (2n) and at its high one (2n + 1)
 * @throws ModelProblem where a range has another length than the code
 */
export async function changesOfPulls(
  network: Network,
  { latent, low, high }: Input<"pulls">,
  step: Step,
): Promise<Float32Array> {
  const width = network.code.values;
  for (const [what, values] of Object.entries({ "latent values": latent, "low ends": low, "high ends": high })) {
    expectLength(what, values, width);
  }
  const picture = network.decode(latent);
  const changes = new Float32Array(2 * width);
  for (let first = 0; first < width; first += valuesAtATime) {
    const last = Math.min(width, first + valuesAtATime);
    const codes = new Float32Array((last - first) * 2 * width);
    for (let value = first; value < last; value++) {
      [low, high].forEach((end, at) => {
        const start = ((value - first) * 2 + at) * width;
        codes.set(latent, start);
        codes[start + value] = end[value] as number;
      });
    }
    const pictures = network.decode(codes);
    for (let at = 0; at < 2 * (last - first); at++) {
      const pulled = pictures.subarray(at * picture.length, (at + 1) * picture.length);
      changes[2 * first + at] = meanSquaredError(pulled, picture);
    }
    await step(last / width);
  }
  return changes;
}
