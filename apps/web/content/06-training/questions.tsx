import { fixed, percent } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { healthyRun } from "../../src/features/run/compared-runs.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

export async function AskShift() {
  const { test } = await currentRun();
  const { shifted } = await api.data.testBaselines();
  const ratio = shifted / test.mse;
  const options = [0.1, 1, 4, 16, 64];
  return (
    <Question
      id={AskShift.questionId}
      prompt="Shift a perfect copy of each digit by one pixel to the side. How does its MSE compare with the network’s?"
      options={options.map((times) => (times === 1 ? "about the same" : `${times} times`))}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {fixed(ratio, 1)} times: {fixed(shifted)} against {fixed(test.mse, 5)}. You would hardly see that the digit was
        shifted. The loss compares pixel with pixel, so a shifted stroke costs twice: where it is missing and where it
        stands.
      </p>
    </Question>
  );
}
AskShift.questionId = "training-shift";

export async function AskStart() {
  const { half } = await api.data.testBaselines();
  const { mean } = await api.data.brightness();
  const options = [0.01, 0.11, 0.23, 0.5];
  return (
    <Question
      id={AskStart.questionId}
      prompt="Before the first step, with every bias at 0, each pixel comes out near one half. What is the loss?"
      options={options.map(String)}
      answer={nearestOption(options, half, "difference")}
    >
      <p>
        {fixed(half, 3)}: the mean of (x − ½)². The mean pixel is {fixed(mean)}, so the gradient of nearly every output
        says “darker”.
      </p>
    </Question>
  );
}
AskStart.questionId = "training-start";

/** Whether the training loss measured again at the first epoch's end is nearer to the logged loss or to the validation loss. */
export async function AskRecomputed() {
  const compared = await healthyRun();
  const [first] = compared?.history ?? [];
  if (!compared || typeof first?.loss !== "number" || typeof first.valLoss !== "number") return null;
  const snapshots = await api.training.snapshots(compared);
  if (!snapshots) return <Missing run={compared.name} file="snapshots" />;
  const again = snapshots.moments.find(({ step }) => step === snapshots.stepsPerEpoch)?.trainMse;
  if (again === undefined) return null;
  const { loss, valLoss } = first;
  const nearer = Math.abs(again - loss) < Math.abs(again - valLoss) ? 0 : 1;
  const side = again < valLoss ? "below" : "above";
  return (
    <Question
      id={AskRecomputed.questionId}
      prompt={`After epoch 1 the log of the run ${compared.name} says loss ${fixed(loss)}, validation loss ${fixed(valLoss)}. Measure the training loss again, with the weights of the epoch’s end. Which of the two is it nearer to?`}
      options={[`the logged loss, ${fixed(loss)}`, `the validation loss, ${fixed(valLoss)}`]}
      answer={nearer}
    >
      <p>
        It is {fixed(again, 5)} on the first 2,000 training pictures, {side} the validation loss of {fixed(valLoss, 5)}{" "}
        by {percent(Math.abs(again - valLoss) / valLoss, 0)}.{" "}
        {nearer === 1
          ? "The logged loss is a mean over the whole epoch, and the network was worse at its beginning."
          : "In this run the weights hardly moved within the epoch, so the mean over it is near its end."}
      </p>
      {nearer === 1 && (
        <p>
          The validation loss is measured at the epoch’s end. Choose <i>at its middle</i> on the curve, and most of the
          gap is gone. The dashed line is the training loss measured again at each epoch’s end. Where it lies below the
          validation loss, the network knows its training pictures better than new ones.
        </p>
      )}
    </Question>
  );
}
AskRecomputed.questionId = "training-recomputed";
