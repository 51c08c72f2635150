import { leastLoss } from "@autoencoder/model/grading";
import type { LossLadder } from "@autoencoder/model/history";
import { cached } from "../cached.ts";
import { assignedSplit, mnist } from "../mnist.ts";
import { takingTurns } from "../turns.ts";

/** Keras keeps outputs this far from 0 and 1 before it takes a logarithm. */
const epsilon = 1e-7;

/** What needs no training, in both losses, on MNIST's validation images; the means are those of the images trained on. */
export const validationLadder = cached(async (): Promise<ValidationLadder> => {
  const { train } = await mnist();
  const { size, count } = train;
  const { train: first } = assignedSplit(count);
  const turn = takingTurns();
  const meanImage = new Float64Array(size);
  for (let image = 0; image < first; image++) {
    await turn();
    const bytes = train.bytes(image);
    for (let at = 0; at < size; at++) meanImage[at] = (meanImage[at] as number) + (bytes[at] as number);
  }
  for (let at = 0; at < size; at++) meanImage[at] = (meanImage[at] as number) / first / 255;
  const grey = meanImage.reduce((sum, value) => sum + value, 0) / size;

  const sums = { black: 0, half: 0, grey: 0, meanImage: 0 };
  const entropies = { black: 0, half: 0, grey: 0, meanImage: 0 };
  const guesses: [keyof typeof sums, (at: number) => number][] = [
    ["black", () => 0],
    ["half", () => 0.5],
    ["grey", () => grey],
    ["meanImage", (at) => meanImage[at] as number],
  ];
  for (let image = first; image < count; image++) {
    await turn();
    const bytes = train.bytes(image);
    for (let at = 0; at < size; at++) {
      const pixel = (bytes[at] as number) / 255;
      for (const [name, guess] of guesses) {
        const output = guess(at);
        sums[name] += (pixel - output) ** 2;
        entropies[name] += crossEntropy(pixel, output);
      }
    }
  }
  const pixels = (count - first) * size;
  const mean = (of: typeof sums) => ({
    black: of.black / pixels,
    half: of.half / pixels,
    grey: of.grey / pixels,
    meanImage: of.meanImage / pixels,
  });
  const least = leastLoss("bce", train.pixels.subarray(first * size));
  return { mse: mean(sums), bce: { ...mean(entropies), least } };
});

/** The rungs of the ladder that no run has to be trained for. */
export interface ValidationLadder {
  mse: Omit<LossLadder["mse"], "pca" | "example">;
  bce: Omit<LossLadder["bce"], "healthy">;
}

/** In nats, as Keras computes it. */
function crossEntropy(pixel: number, output: number): number {
  const kept = Math.min(Math.max(output, epsilon), 1 - epsilon);
  return -(pixel * Math.log(kept) + (1 - pixel) * Math.log(1 - kept));
}
