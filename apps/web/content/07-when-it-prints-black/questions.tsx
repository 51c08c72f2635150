import { sigmoid } from "@autoencoder/model";
import { fixed, integer } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { collapsedRun, healthyRun } from "../../src/features/run/compared-runs.ts";
import { api } from "../../src/trpc/caller.ts";

/** Which run has the smaller gap between its two losses. */
export async function AskGap() {
  const [collapsed, healthy] = [await collapsedRun(), await healthyRun()];
  if (!collapsed || !healthy) return null;
  const ratios = [collapsed, healthy].map(({ history }) => {
    const last = history.at(-1);
    return (last?.valLoss ?? Number.NaN) / (last?.loss ?? Number.NaN);
  }) as [number, number];
  const gaps = ratios.map((ratio) => Math.abs(Math.log(ratio))) as [number, number];
  return (
    <Question
      id={AskGap.questionId}
      prompt="Overfitting shows as a validation loss above the training loss. In which run do the two end closer together?"
      options={["in the collapsed run", "in the healthy run"]}
      answer={gaps[0] < gaps[1] ? 0 : 1}
    >
      <p>
        The validation loss divided by the training loss is {fixed(ratios[0], 2)} in the collapsed run and{" "}
        {fixed(ratios[1], 2)} in the healthy one. A network that prints the same picture for everything is as wrong on
        known digits as on new ones. A missing gap proves nothing.
      </p>
    </Question>
  );
}
AskGap.questionId = "black-gap";

/** What would be printed if all maps before the last convolution had died. */
export async function AskGrey() {
  const collapsed = await collapsedRun();
  if (!collapsed) return null;
  const { bias, alive, maps } = await api.training.lastMaps(collapsed);
  const grey = sigmoid(bias);
  const options = ["black", "dark grey", "mid-grey", "white"];
  const answer = grey < 0.05 ? 0 : grey < 0.35 ? 1 : grey < 0.65 ? 2 : 3;
  return (
    <Question
      id={AskGrey.questionId}
      prompt="Suppose that all maps before the last convolution of the collapsed run had died: all are 0. What would it print?"
      options={options}
      answer={answer}
    >
      <p>
        {options[answer]}: with nothing to add, every pixel is the sigmoid of the output bias, σ(
        {fixed(bias)}) = {fixed(grey)}. It prints black, so the maps did <i>not</i> all die: {alive.length} of {maps}{" "}
        are alive, and their weights make the picture darker.
      </p>
    </Question>
  );
}
AskGrey.questionId = "black-grey";

/** How far the sums before the sigmoid moved while the bias moved by a hundredth. */
export async function AskSums() {
  const collapsed = await collapsedRun();
  const snapshots = collapsed && (await api.training.snapshots(collapsed));
  const [start, tenth] = [0, 10].map((asked) => snapshots?.moments.find(({ step }) => step === asked));
  if (!start || !tenth) return null;
  const bias = Math.abs(tenth.outputBias - start.outputBias);
  const sums = Math.abs(tenth.preActivationMean - start.preActivationMean);
  const options = [0.01, 0.1, 1, 10];
  return (
    <Question
      id={AskSums.questionId}
      prompt={`In its first ten steps Adam moved the collapsed run’s output bias by ${fixed(bias, 3)}. By how much did the mean sum before the sigmoid move?`}
      options={options.map((by) => `by about ${by}`)}
      answer={nearestOption(options, sums, "ratio")}
    >
      <p>
        By {fixed(sums, 1)}, about {integer(Number((sums / bias).toPrecision(2)))} times as far. Every weight moved by
        at most about a hundredth. But each layer reads what the layer before it has made larger, so the changes
        multiply.
      </p>
    </Question>
  );
}
AskSums.questionId = "black-sums";
