import { fixed } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";

export async function AskPca() {
  const run = await currentRun();
  const { history, baselines } = run;
  const last = history.at(-1)?.valLoss ?? Number.NaN;
  const ratio = baselines.pca / last;
  const options = [0.3, 1.5, 4, 16];
  return (
    <Question
      id={AskPca.questionId}
      prompt={`PCA also describes a digit with ${codeSize(run)} numbers. How does its error compare with this run’s last validation loss? The curve has both.`}
      options={["it is smaller", "about 1.5 times as large", "about 4 times as large", "about 16 times as large"]}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {fixed(baselines.pca, 5)} against {fixed(last, 5)}: {fixed(ratio, ratio < 1 ? 2 : 1)} times. PCA is the best
        linear code. What the network gains over it, it gains because ReLU and pooling make it non-linear.
      </p>
    </Question>
  );
}
AskPca.questionId = "glance-pca";

export async function AskClass() {
  const { test } = await currentRun();
  const sorted = [...test.perDigit].sort((a, b) => a.mse - b.mse);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (!best || !worst) return null;
  const options = [best, sorted[3], sorted[6], worst].flatMap((row) => (row ? [row.digit] : [])).sort((a, b) => a - b);
  return (
    <Question
      id={AskClass.questionId}
      prompt="Which of these digits does this run rebuild with the greatest mean squared error?"
      options={options.map(String)}
      answer={options.indexOf(worst.digit)}
    >
      <p>
        The {worst.digit}, with {fixed(worst.mse, 5)}. The {best.digit} has {fixed(best.mse, 5)}. Much of the difference
        is ink: a digit with a short stroke has fewer pixels that can be wrong.
      </p>
    </Question>
  );
}
AskClass.questionId = "glance-class";
