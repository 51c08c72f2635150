import { countMultiplyAdds, countParameters, modelOutputShape } from "@autoencoder/model";
import { lossNames } from "@autoencoder/model/run";
import { integer, printedLoss } from "@autoencoder/ui";
import { currentRun } from "./current-run.ts";
import { parametersOf, pixelsWorth } from "./numbers.ts";

/** Numbers of the page's run within sentences. */

export async function LatentSize() {
  const { spec } = await currentRun();
  return <span className="number">{modelOutputShape(spec.encoder).join(" × ")}</span>;
}

export async function Parameters({ part }: { part: "encoder" | "decoder" | "both" }) {
  const { spec } = await currentRun();
  return <span className="number">{integer(part === "both" ? parametersOf(spec) : countParameters(spec[part]))}</span>;
}

export async function MultiplyAdds() {
  const { spec } = await currentRun();
  return <span className="number">{integer(countMultiplyAdds(spec.encoder) + countMultiplyAdds(spec.decoder))}</span>;
}

/** What Keras counts after training with Adam: two more numbers a parameter, and two of its own. */
export async function AfterFit() {
  const { spec } = await currentRun();
  const own = parametersOf(spec);
  return (
    <span className="number">
      3 · {integer(own)} + 2 = {integer(3 * own + 2)}
    </span>
  );
}

/** How the validation loss fell. */
export async function ValidationLossFell() {
  const { history, status, recipe } = await currentRun();
  const first = history[0]?.valLoss;
  const last = history.at(-1)?.valLoss;
  if (status === "collapsed")
    return <p>The validation loss stays at {printedLoss(last ?? null)}: the run has collapsed.</p>;
  if (typeof first !== "number" || typeof last !== "number") return <p>No validation loss was measured.</p>;
  return (
    <p>
      The validation loss{recipe.loss !== "mse" && `, the ${lossNames[recipe.loss].name},`} falls from{" "}
      <span className="number">{printedLoss(first)}</span> after the first epoch to{" "}
      <span className="number">{printedLoss(last)}</span> after epoch {history.length}.
    </p>
  );
}

export async function TestMse() {
  const { test } = await currentRun();
  return (
    <p>
      The mean squared error over the test images is <span className="number">{printedLoss(test.mse)}</span>, as much as{" "}
      <span className="number">{pixelsWorth(test.mse)}</span> of a digit’s 784 pixels being completely wrong.
    </p>
  );
}

export async function ReportLink() {
  const { name } = await currentRun();
  return <a href={`/runs/${name}/report`}>the report of the run {name}</a>;
}
