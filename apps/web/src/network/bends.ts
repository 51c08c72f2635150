import { ModelProblem } from "./model-problem.ts";
import type { Network } from "./network.ts";
import type { Input } from "./procedures.ts";
import type { Step } from "./serve.ts";

/**
 * Rebuilds pictures with some of the network's bends taken away, one after the other, so that the pen comes between.
 * @returns what the last layer makes of each
 * @throws ModelProblem where the pictures are not whole digits or a layer is none of the network's
 */
export async function rebuiltWithout(
  network: Network,
  { pictures, straight, averaged }: Input<"bends">,
  step: Step,
): Promise<Float32Array> {
  const size = network.inputLength;
  const count = pictures.length / size;
  if (count < 1 || !Number.isInteger(count)) {
    throw new ModelProblem("request", `Expected pictures of ${size} pixels each but got ${pictures.length} in all.`);
  }
  for (const name of straight) network.layer(name);
  const rebuilt = new Float32Array(pictures.length);
  for (let at = 0; at < count; at++) {
    const picture = pictures.subarray(at * size, (at + 1) * size);
    rebuilt.set(network.rebuildWithout({ straight, averaged }, picture), at * size);
    await step((at + 1) / count);
  }
  return rebuilt;
}
