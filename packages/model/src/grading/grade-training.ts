import { bounds } from "./estimate.ts";
import type { EpochLosses, Estimate, Evidence } from "./evidence.ts";
import {
  decided,
  estimated,
  type Finding,
  figure,
  fromWeights,
  gated,
  lost,
  open,
  passed,
  percent,
} from "./finding.ts";
import { thresholds } from "./rubric.ts";

const marks = 0.5;
/** As `runPaths` names them; run.ts would bring its parser along into the page. */
const plotFiles = ["loss_curve.svg", "loss_curve.png"] as const;

/** Row 2: was it trained, and does the record show it? */
export function gradeTraining(evidence: Evidence): Record<"B1" | "B2" | "B3" | "B4" | "B5", Finding> {
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

/** Full marks below the assignment's example, half of them up to PCA of the same length. */
export function errorFinding(
  name: string,
  estimate: Estimate,
  { pca, components }: { pca: number | undefined; components: number },
): Finding {
  const [low, high] = bounds(estimate);
  const { example } = thresholds;
  const least = high < example ? 1 : pca !== undefined && high <= pca ? 0.5 : 0;
  const most = low < example ? 1 : pca === undefined || low <= pca ? 0.5 : 0;
  const value = `${name} ${estimated(estimate)}`;
  const linear = pca === undefined ? "PCA (being computed)" : `${figure(pca)} (PCA, ${components} numbers)`;
  if (least === 1) return passed(1, `${value} < ${example}`);
  if (least !== most) {
    const line = `${value}: ${low < example ? example : linear} lies within the interval`;
    return {
      least,
      most,
      line,
      reason: pca === undefined && low >= example ? "PCA is being computed" : "all images decide",
    };
  }
  if (least === 0) return lost(`${value} > ${linear}`, "a straight-line code of the same length is better");
  return { least, most, line: `${value} ≥ ${example}, ≤ ${linear}`, reason: "not as good as the assignment’s example" };
}

function ofTheseWeights(evidence: Evidence): Finding {
  const last = evidence.history.at(-1);
  if (!last) return lost("no history", "no validation loss is recorded");
  const { valLoss } = last;
  if (valLoss === null) return lost("not finite", `the validation loss of epoch ${last.epoch} is not finite`);
  return fromWeights(evidence, evidence.validation, { marks, of: `recorded ${figure(valLoss)}` }, ({ loss }) => {
    const apart = Math.abs(valLoss - loss.mean) / loss.mean;
    const line = `recorded ${figure(valLoss)}, recomputed ${estimated(loss)}: ${percent(apart)} apart`;
    const [low, high] = bounds(loss);
    // |recorded − V| ≤ 2 % of V, solved for V.
    const [from, to] = [valLoss / (1 + thresholds.recorded), valLoss / (1 - thresholds.recorded)];
    if (high < from || low > to) return lost(`${line} > 2 %`, "the history is not of these weights");
    if (low >= from && high <= to) return passed(marks, `${line} ≤ 2 %`);
    return open(marks, line, "all images decide");
  });
}

function epochs(history: readonly EpochLosses[]): Finding {
  const odd = history.find(({ loss, valLoss }) => loss === null || valLoss === null);
  const enough = history.length >= thresholds.epochs;
  const line = `${history.length} epochs ${enough ? "≥" : "<"} ${thresholds.epochs}, ${odd ? "not all" : "all"} finite`;
  return decided(enough && !odd, marks, {
    line,
    reason: odd
      ? `epoch ${odd.epoch} has a loss that is not finite`
      : `${thresholds.epochs - history.length} epochs too few`,
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
      most: thresholds.fall,
      broken: "it hardly fell",
    },
    {
      name: "validation / training",
      value: last3 / mean(training.slice(-3)),
      most: thresholds.gap,
      broken: "a gap has opened",
    },
    {
      name: "last 3 / best",
      value: last3 / Math.min(...validation),
      most: thresholds.settled,
      broken: "it rises at the end",
    },
  ];
  const line = ratios
    .map(({ name, value, most }) => `${name} ${value.toFixed(2)} ${value <= most ? "≤" : ">"} ${most.toFixed(2)}`)
    .join("; ");
  const broken = ratios.filter(({ value, most }) => value > most).map((ratio) => ratio.broken);
  const above = leastLoss.validation > 0 ? `above the least loss, ${figure(leastLoss.validation)}: ` : "";
  return decided(broken.length === 0, marks, { line: above + line, reason: broken.join("; ") });
}

function allFinite(values: readonly (number | null)[]): values is number[] {
  return values.every((value) => value !== null);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
