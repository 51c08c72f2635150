import { layerSizes } from "@autoencoder/model";
import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, printedPsnr } from "@autoencoder/ui";
import { codeSize, extremeDigits } from "../run/numbers.ts";
import { modelAnswers } from "./model-answers.ts";
import type { AnswerId } from "./report-template.ts";
import { baselinesOf, lossStatements, measured, testStatements } from "./statements.ts";

export interface ReportQuestion {
  id: AnswerId;
  heading: string;
  question: string;
  /** What the run's record has to the question: sentences of plain text. */
  numbers: string[];
  /** A teacher's answer for this run; it stands behind a fold on the page and in no export. */
  modelAnswer: string;
}

/** The questions of a report, with the numbers of one run beside them. */
export function reportQuestions(run: Run): Record<AnswerId, ReportQuestion> {
  const answers = modelAnswers(run);
  const question = (id: AnswerId, heading: string, text: string, numbers: string[]): ReportQuestion => ({
    id,
    heading,
    question: text,
    numbers,
    modelAnswer: answers[id],
  });
  return {
    "loss-curve": question(
      "loss-curve",
      "Loss curve",
      "What do the two curves show? Say whether they still fall at the end, whether a gap opens between them, and what that says, and does not say, about overfitting.",
      lossStatements(run),
    ),
    reconstructions: question(
      "reconstructions",
      "Reconstructions",
      "What do the reconstructions keep of their originals, and what do they lose? Name digits and strokes, and say where the blur may come from.",
      testStatements(run),
    ),
    bottleneck: question(
      "bottleneck",
      "The bottleneck",
      `What do the ${codeSize(run)} numbers of the code force the network to do?`,
      bottleneckNumbers(run),
    ),
    labels: question(
      "labels",
      "No labels",
      "What does it mean that the network learned without labels? What does a low error say about the code, and what not?",
      labelNumbers(run),
    ),
    conclusion: question(
      "conclusion",
      "Conclusion",
      "What did you learn from this run? Name one change that you would try next, and the number that would tell you whether it helped.",
      conclusionNumbers(run),
    ),
  };
}

function bottleneckNumbers(run: Run): string[] {
  const { spec, baselines } = run;
  const values = layerSizes(spec.encoder).map(({ values }) => values);
  const [pixels = 0, code] = [values[0], codeSize(run)];
  return [
    `A picture has ${pixels} pixels, its code ${code} numbers: one for ${fixed(pixels / code, 1)} pixels.`,
    `The encoder’s widest layer makes ${integer(Math.max(...values))} numbers of one picture; the decoder gets ${code}.`,
    `The best linear code of as many numbers, PCA with ${code} components, has a mean squared error of ${printedLoss(baselines.pca)} on the validation images.`,
    `On the test images this network has ${printedLoss(run.test.mse)}.`,
  ];
}

function labelNumbers(run: Run): string[] {
  const extremes = extremeDigits(run);
  return [
    `The target of each of the ${integer(run.dataset.split.train)} training images was the image itself; no label enters the loss.`,
    ...(extremes
      ? [
          `Labels were read only afterwards, to list the test errors by digit: from ${printedLoss(extremes.best.mse)} (${extremes.best.digit}) to ${printedLoss(extremes.worst.mse)} (${extremes.worst.digit}).`,
        ]
      : []),
  ];
}

function conclusionNumbers(run: Run): string[] {
  const last = measured(run.history).at(-1);
  const { own, beaten, unbeaten } = baselinesOf(run);
  const example =
    run.recipe.loss === "mse" && last
      ? [
          `The assignment’s example ends at a validation loss of ${exampleValidationLoss}; this run ends at ${printedLoss(last.valLoss)}, ${fixed(last.valLoss / exampleValidationLoss, 2)} times as much.`,
        ]
      : [];
  return [
    ...example,
    `Test: MSE ${printedLoss(run.test.mse)}, PSNR ${printedPsnr(run.test.psnr)} dB, SSIM ${fixed(run.test.ssim, 3)}.`,
    `${own.what} is below the error of ${beaten.length} of ${beaten.length + unbeaten.length} things that need no training.`,
    "The assignment suggests three changes: a larger code, batch normalization or dropout, a loss of structure such as SSIM.",
  ];
}
