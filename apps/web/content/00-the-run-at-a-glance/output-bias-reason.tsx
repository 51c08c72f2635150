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
        mean pixel is {mean}, and the first steps push every output down together, often so far that the sigmoid is flat
        and nothing can be learned any more.
      </p>
    );
  }
  return (
    <p>
      One setting differs from the assignment: the bias of the last convolution starts at logit({mean}) ={" "}
      <span className="number">{fixed(outputBias, 3)}</span>, not at 0. The network’s first guess for a pixel is then
      the mean pixel, {mean}, not one half. From a zero bias the first steps push every output down together, often so
      far that the sigmoid is flat and the network prints black pictures for ever. Layers, parameters, optimizer and
      data are the assignment’s.
    </p>
  );
}
