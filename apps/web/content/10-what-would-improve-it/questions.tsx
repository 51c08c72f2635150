import { assignmentExample, exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { fixed, printedLoss } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { healthyRun } from "../../src/features/run/compared-runs.ts";
import { findRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";

/** When a run had passed what the assignment's example reports for its last epoch. */
export async function AskPassed() {
  const compared = await healthyRun();
  if (!compared) return null;
  const { history } = compared;
  const passed = history.find(({ valLoss }) => valLoss !== null && valLoss < exampleValidationLoss);
  const options = [1, 3, 6, 12, 20];
  return (
    <Question
      id={AskPassed.questionId}
      prompt={`The assignment’s example ends at a validation loss of ${exampleValidationLoss} after 20 epochs. After which epoch had the run ${compared.name} passed it?`}
      options={[...options.map((epoch) => `about ${epoch}`), "never"]}
      answer={passed ? nearestOption(options, passed.epoch, "ratio") : options.length}
    >
      <p>
        {passed
          ? `After epoch ${passed.epoch}, with ${printedLoss(passed.valLoss)}. `
          : `Never in its ${history.length} epochs. `}
        Its last epoch has {printedLoss(history.at(-1)?.valLoss ?? null)}. Layers and optimizer are the same. The start
        of the output bias and the seed differ, and one run each cannot tell how much is due to which.
      </p>
    </Question>
  );
}
AskPassed.questionId = "closing-passed";

/** Whether the gap between a run's losses is larger than the example's. */
export async function AskOverfit() {
  const compared = await healthyRun();
  const last = compared?.history.at(-1);
  if (!compared || typeof last?.loss !== "number" || typeof last.valLoss !== "number") return null;
  const [, , example] = assignmentExample;
  const theirs = example.valLoss / example.loss;
  const own = last.valLoss / last.loss;
  const best = Math.min(...compared.history.map(({ valLoss }) => valLoss ?? Number.POSITIVE_INFINITY));
  return (
    <Question
      id={AskOverfit.questionId}
      prompt={`In the example’s last epoch validation is ${fixed(theirs, 2)} times training, and the report calls that “no overfitting”. In the run ${compared.name}, is the quotient smaller?`}
      options={["smaller", "larger"]}
      answer={own < theirs ? 0 : 1}
    >
      <p>
        It is {fixed(own, 2)}. A gap says that the network rebuilds training pictures better than new ones. It does harm
        only if the validation loss rises. Here the last validation loss is {fixed(last.valLoss / best, 2)} times the
        best one.
      </p>
    </Question>
  );
}
AskOverfit.questionId = "closing-overfit";

/** What twice the code is worth. */
export async function AskLarger() {
  const [small, large] = await Promise.all(["assignment", "assignment-128"].map((name) => findRun(name)));
  if (!small?.ok || !large?.ok) return null;
  const left = (of: (run: Run) => number) => (of(large.value) / of(small.value)) * 100;
  const error = left(({ test }) => test.mse);
  const options = [25, 50, 75, 90];
  return (
    <Question
      id={AskLarger.questionId}
      prompt={`The run ${large.value.name} has a code of ${codeSize(large.value)} numbers instead of ${codeSize(small.value)}, nothing else changed. How much of the test error is left?`}
      options={options.map((share) => `about ${share} %`)}
      answer={nearestOption(options, error, "difference")}
    >
      <p>
        {fixed(error, 0)} %: {fixed(large.value.test.mse, 5)} after {fixed(small.value.test.mse, 5)}. Of PCA’s error{" "}
        {fixed(
          left(({ baselines }) => baselines.pca),
          0,
        )}{" "}
        % is left with twice the numbers. So the network’s remaining error has mostly other causes than too few numbers.
      </p>
    </Question>
  );
}
AskLarger.questionId = "closing-larger";
