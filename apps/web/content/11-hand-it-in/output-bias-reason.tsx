import { fixed } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";

/** Why the output bias starts where it does. */
export async function OutputBiasReason() {
  const { outputBias, dataset } = await currentRun();
  const mean = fixed(dataset.meanPixel);
  if (outputBias === 0) {
    return (
      <p>
        In this run every bias starts at 0, as the assignment has it. All outputs then start at one half, although the
        mean pixel is {mean}. The first steps push every output down together. Often they go so far that the sigmoid is
        flat and nothing can be learned any more.
      </p>
    );
  }
  return (
    <p>
      One setting differs from the assignment. The bias of the last convolution starts at logit({mean}) ={" "}
      <span className="number">{fixed(outputBias, 3)}</span> instead of 0. The network’s first guess for a pixel is then
      the mean pixel, {mean}, and not one half. From a zero bias the first steps push every output down together. Often
      they go so far that the sigmoid is flat: the network then prints black pictures, and hardly any gradient is left
      to change that. Layers, parameters, optimizer and data are the assignment’s.
    </p>
  );
}
