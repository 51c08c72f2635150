import { fixed, integer } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

export async function AskBlack() {
  const shares = await api.data.blackAgainstSameClass();
  const of = (label: number) => (shares.perClass[label]?.share ?? 0) * 100;
  const options = [0, 10, 40, 90];
  return (
    <Question
      id={AskBlack.questionId}
      prompt="Two different 3s. By mean squared error, how often is a black picture nearer to the first than the second 3 is?"
      options={options.map((share) => (share === 0 ? "never" : `in about ${share} % of pairs`))}
      answer={nearestOption(options, of(3), "difference")}
    >
      <p>
        In {fixed(of(3), 0)} % of {integer(shares.pairs)} random pairs of 3s, and in {fixed(of(5), 0)} % of 5s. If two
        strokes miss each other, the error counts both. A black picture misses only one.
      </p>
    </Question>
  );
}
AskBlack.questionId = "data-black";

export async function AskSplit() {
  const { split, testImages } = (await currentRun()).dataset;
  return (
    <Question
      id={AskSplit.questionId}
      prompt="You trained five networks with five code sizes and want to keep the best one. Which images decide?"
      options={["the training images", "the validation images", "the test images"]}
      answer={1}
    >
      <p>
        The {integer(split.validation)} for validation. On the {integer(split.train)} for training, a network that has
        memorized pictures looks best. The {integer(testImages)} for testing must be new when the choice is made, or
        their error says nothing about digits that nobody has seen.
      </p>
    </Question>
  );
}
AskSplit.questionId = "data-split";
