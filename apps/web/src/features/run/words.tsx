import { countMultiplyAdds, countParameters, modelOutputShape } from "@autoencoder/model";
import { lossWords, type Run } from "@autoencoder/model/run";

/** Numbers of a run within sentences. */

export function whole(value: number): string {
  return value.toLocaleString("en-US");
}

/** Numbers of the code. */
export function codeSize({ spec }: Run): number {
  const last = spec.encoder.layers.at(-1);
  return last?.className === "Dense" ? last.units : 0;
}

/** A loss or an error: five decimals. */
export function figure(value: number | null): string {
  return value === null ? "not finite" : value.toFixed(5);
}

/** "as if 1.6 of 784 pixels were completely wrong" */
export function pixelsWorth(mse: number): string {
  return (mse * 784).toFixed(1);
}

export function latentSize({ spec }: Run) {
  return <span className="number">{modelOutputShape(spec.encoder).join(" × ")}</span>;
}

export function parameters({ spec }: Run, part: "encoder" | "decoder" | "both") {
  const count = (one: "encoder" | "decoder") => countParameters(spec[one]);
  const value = part === "both" ? count("encoder") + count("decoder") : count(part);
  return <span className="number">{whole(value)}</span>;
}

export function multiplyAdds({ spec }: Run) {
  return <span className="number">{whole(countMultiplyAdds(spec.encoder) + countMultiplyAdds(spec.decoder))}</span>;
}

/** What Keras counts after training with Adam: two more numbers a parameter, and two of its own. */
export function afterFit({ spec }: Run) {
  const own = countParameters(spec.encoder) + countParameters(spec.decoder);
  return (
    <span className="number">
      3 · {whole(own)} + 2 = {whole(3 * own + 2)}
    </span>
  );
}

/** How the validation loss fell. */
export function fell({ history, status, recipe }: Run) {
  const first = history[0]?.valLoss;
  const last = history.at(-1)?.valLoss;
  if (status === "collapsed") return <p>The validation loss stays at {figure(last ?? null)}: the run has collapsed.</p>;
  if (typeof first !== "number" || typeof last !== "number") return <p>No validation loss was measured.</p>;
  return (
    <p>
      The validation loss{recipe.loss !== "mse" && `, the ${lossWords[recipe.loss].name},`} falls from{" "}
      <span className="number">{figure(first)}</span> after the first epoch to{" "}
      <span className="number">{figure(last)}</span> after epoch {history.length}.
    </p>
  );
}

export function testMse({ test }: Run) {
  return (
    <p>
      The mean squared error over the test images is <span className="number">{figure(test.mse)}</span>, as much as{" "}
      <span className="number">{pixelsWorth(test.mse)}</span> of a digit’s 784 pixels being completely wrong.
    </p>
  );
}

/** Where a run was trained for another loss than the one that the prose explains. */
export function otherLoss({ name, recipe }: Run) {
  if (recipe.loss === "mse") return null;
  return (
    <p className="notice" role="note">
      The run <code>{name}</code> was trained for the {lossWords[recipe.loss].name}: its loss curve is in that. This
      chapter explains the mean squared error, in which the test images are measured for every run.
    </p>
  );
}

/** Why the output bias starts where it does. */
export function biasReason({ outputBias, dataset }: Run) {
  const mean = dataset.meanPixel.toFixed(4);
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
      <span className="number">{outputBias.toFixed(3).replace("-", "−")}</span>, not at 0. The network’s first guess for
      a pixel is then the mean pixel, {mean}, not one half. From a zero bias the first steps push every output down
      together, often so far that the sigmoid is flat and the network prints black pictures for ever. Layers,
      parameters, optimizer and data are the assignment’s.
    </p>
  );
}
