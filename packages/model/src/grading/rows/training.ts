import { mean } from "../../metrics/intervals.ts";
import { runPaths } from "../../run/paths.ts";
import { errorFinding } from "../error-finding.ts";
import { bounds } from "../estimate.ts";
import type { EpochLosses, Evidence } from "../evidence.ts";
import { decided, decimals, estimated, fromWeights, gated, lost, open, passed, percent } from "../finding.ts";
import { asGoodAsExample, exampleValidationLoss } from "../limits.ts";
import type { Finding, Findings, Row } from "../row.ts";

const limits = {
  /** Of the recorded validation loss from the recomputed one, relative. */
  recorded: 0.02,
  epochs: 20,
  /** Last over first validation loss; last three validation over training losses; last three over the best. */
  fall: 0.6,
  gap: 1.25,
  settled: 1.1,
} as const;
/** Each check's but the first's. */
const marks = 0.5;
const plotFiles = [runPaths.lossCurveSvg, runPaths.lossCurvePng] as const;

/** Row 2: was it trained, and does the record show it? */
export const training: Row = {
  section: "Training & Loss Curve",
  description: "Trained model, plotted losses",
  marks: 3,
  checks: [
    {
      id: "B1",
      title: "It has learned: validation error",
      marks: 1,
      badge: "recomputed",
      rule: `V, the MSE on the validation images: V < ${asGoodAsExample} → 1; else V ≤ PCA with as many numbers as the code → 0.5`,
      why: `${exampleValidationLoss} is what the assignment’s example reports, printed to four decimals, so anything below ${asGoodAsExample} is as good. Half a mark goes to an error below that of PCA, the best linear code of the same length: such a network has gained something by its layers.`,
      lesson: {
        chapter: "training",
        figure: "the ladder of baselines",
        mend: "Train for more epochs; where the loss no longer falls, check that the pixels lie between 0 and 1.",
      },
    },
    {
      id: "B2",
      title: "The record is of these weights",
      marks: 0.5,
      badge: "recorded",
      rule: `the last recorded validation loss is within ${100 * limits.recorded} % of the same loss recomputed from the weights; only if B1 > 0`,
      why: "The history cannot be proved from the weights, but its end can: recomputed with half-precision weights it moves by far less than 2 %, while a history of another training does not fit. A black picture scores 0.111 at any time, hence the condition.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Save the weights and the history of one and the same training, and name the epoch whose weights were kept.",
      },
    },
    {
      id: "B3",
      title: "Twenty epochs",
      marks: 0.5,
      badge: "recorded",
      rule: `${limits.epochs} or more epochs are recorded, every loss and validation loss finite`,
      why: "The assignment asks for 20 epochs. Epochs leave no trace in the weights that could be counted, so the record is believed.",
      lesson: { chapter: "training", figure: "the curve with its table", mend: "Train for 20 epochs." },
    },
    {
      id: "B4",
      title: "The plot",
      marks: 0.5,
      badge: "recorded",
      rule: "loss_curve.svg and loss_curve.png are there, unaltered; the drawing has both losses of every epoch at their places, and both axes have names",
      why: "The points of the SVG are read through the numbers on its axes and compared with the history, half a unit of 720 apart at most. The PNG is the same drawing as pixels; of it only its hash is checked.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Draw loss and validation loss of all epochs into one plot with named axes, and hand in the file as it was written.",
      },
    },
    {
      id: "B5",
      title: "A healthy shape",
      marks: 0.5,
      badge: "recorded",
      rule: `validation: last ≤ ${limits.fall} × first; mean of the last 3 ≤ ${limits.gap} × that of the training losses; mean of the last 3 ≤ ${limits.settled.toFixed(2)} × the best; losses counted from the least that the pictures allow, 0 for the MSE; only if B1 > 0`,
      why: "Falling, without a wide gap, and not past its best. The assignment’s example has 0.39 and 1.16 at its printed epochs; healthy runs lie below both. A cross-entropy cannot fall to 0, since a grey pixel has an entropy of its own; without counting from there no run with that loss could pass. A black picture has no gap at all, 1.00, hence the condition.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Look which of the three does not hold: still falling means more epochs; a wide gap or a rise at the end means that it memorizes its training pictures.",
      },
    },
  ],
  grade: gradeTraining,
};

function gradeTraining(evidence: Evidence): Findings {
  const { pcaValidation } = evidence.baselines;
  const B1 = fromWeights(evidence, evidence.validation, { marks: 1, of: "validation MSE" }, ({ mse }) =>
    errorFinding("validation MSE", mse, { pca: pcaValidation, components: evidence.baselines.components }),
  );
  return {
    B1,
    B2: gated(B1, "B1", marks, () => ofTheseWeights(evidence)),
    B3: epochs(evidence.history),
    B4: plot(evidence),
    B5: gated(B1, "B1", marks, () => shape(evidence)),
  };
}

function ofTheseWeights(evidence: Evidence): Finding {
  const last = evidence.history.at(-1);
  if (!last) return lost("no history", "no validation loss is recorded");
  const { valLoss } = last;
  if (valLoss === null) return lost("not finite", `the validation loss of epoch ${last.epoch} is not finite`);
  return fromWeights(evidence, evidence.validation, { marks, of: `recorded ${decimals(valLoss)}` }, ({ loss }) => {
    const relative = Math.abs(valLoss - loss.mean) / loss.mean;
    const line = `recorded ${decimals(valLoss)}, recomputed ${estimated(loss)}: ${percent(relative)} apart`;
    const [low, high] = bounds(loss);
    // |recorded − V| ≤ 2 % of V, solved for V.
    const [from, to] = [valLoss / (1 + limits.recorded), valLoss / (1 - limits.recorded)];
    if (high < from || low > to)
      return lost(`${line} > ${100 * limits.recorded} %`, "the history is not of these weights");
    if (low >= from && high <= to) return passed(marks, `${line} ≤ ${100 * limits.recorded} %`);
    return open(marks, line, "all images decide");
  });
}

function epochs(history: readonly EpochLosses[]): Finding {
  const odd = history.find(({ loss, valLoss }) => loss === null || valLoss === null);
  const enough = history.length >= limits.epochs;
  const line = `${history.length} epochs ${enough ? "≥" : "<"} ${limits.epochs}, ${odd ? "not all" : "all"} finite`;
  return decided(enough && !odd, marks, {
    line,
    reason: odd
      ? `epoch ${odd.epoch} has a loss that is not finite`
      : `${limits.epochs - history.length} epochs too few`,
  });
}

function plot({ problems, plot, history }: Evidence): Finding {
  const problem = plotFiles.map((path) => problems[path]).find((sentence) => sentence !== undefined);
  if (problem) return lost("a file of the plot is missing or altered", problem);
  if (history.length === 0) return lost("no history", "there is no epoch to plot");
  if (!plot) return lost("no curve", "loss_curve.svg holds no drawing that can be read");
  const named = plot.xName !== "" && plot.yName !== "";
  const complete = plot.train === history.length && plot.validation === history.length;
  const line = `${plot.train} + ${plot.validation} points for ${history.length} epochs; axes ${named ? `“${plot.xName}” and “${plot.yName}”` : "without names"}`;
  const reason = plot.disagrees ?? (complete ? "an axis has no name" : "it does not have both losses of every epoch");
  return decided(named && complete && !plot.disagrees, marks, { line, reason });
}

function shape({ history, leastLoss }: Evidence): Finding {
  const recorded = { validation: history.map(({ valLoss }) => valLoss), training: history.map(({ loss }) => loss) };
  if (history.length === 0) return lost("no history", "there is no curve");
  if (!allFinite(recorded.validation) || !allFinite(recorded.training)) {
    return lost("not finite", "a loss is not finite");
  }
  const validation = recorded.validation.map((value) => value - leastLoss.validation);
  const training = recorded.training.map((value) => value - leastLoss.training);
  const last3 = mean(validation.slice(-3));
  const ratios = [
    {
      name: "last / first",
      value: (validation.at(-1) as number) / (validation[0] as number),
      most: limits.fall,
      broken: "it hardly fell",
    },
    {
      name: "validation / training",
      value: last3 / mean(training.slice(-3)),
      most: limits.gap,
      broken: "a gap has opened",
    },
    {
      name: "last 3 / best",
      value: last3 / Math.min(...validation),
      most: limits.settled,
      broken: "it rises at the end",
    },
  ];
  const line = ratios
    .map(({ name, value, most }) => `${name} ${value.toFixed(2)} ${value <= most ? "≤" : ">"} ${most.toFixed(2)}`)
    .join("; ");
  const broken = ratios.filter(({ value, most }) => value > most).map((ratio) => ratio.broken);
  const above = leastLoss.validation > 0 ? `above the least loss, ${decimals(leastLoss.validation)}: ` : "";
  return decided(broken.length === 0, marks, { line: above + line, reason: broken.join("; ") });
}

function allFinite(values: readonly (number | null)[]): values is number[] {
  return values.every((value) => value !== null);
}
