import { mean } from "@autoencoder/model";
import { type EpochRecord, lossNames, type Run } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, printedPsnr, signed } from "@autoencoder/ui";
import { codeSize, extremeDigits, pixelsWorth } from "../run/numbers.ts";

/**
 * What a run's record says of itself, in sentences of plain text: data, no judgement. The page and the Markdown of the
 * report both print them; what they mean is for the student to say.
 */

/** An epoch whose two losses are finite. */
interface MeasuredEpoch {
  epoch: number;
  loss: number;
  valLoss: number;
}

/** What the losses did, epoch by epoch. */
export function lossStatements(run: Run): string[] {
  const epochs = measured(run.history);
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (!first || !last) return ["No epoch of this run has a loss and a validation loss."];
  const lost = run.history.length - epochs.length;
  return [
    `${integer(run.history.length)} of ${integer(run.recipe.epochs)} epochs. The loss is the ${lossNames[run.recipe.loss].name}; that of training is the mean over an epoch while the weights moved, that of validation is taken at its end.`,
    ...(lost > 0 ? [`In ${lost} of ${run.history.length} epochs a loss was not finite; they are left out here.`] : []),
    `From epoch ${first.epoch} to ${last.epoch} the training loss ${moved(first.loss, last.loss)}, the validation loss ${moved(first.valLoss, last.valLoss)}.`,
    ...lateStatements(epochs),
    ...collapseStatement(run),
  ];
}

/** The end of the training: still falling or not, the best against the last, validation against training. */
function lateStatements(epochs: readonly MeasuredEpoch[]): string[] {
  const last = epochs.at(-1) as MeasuredEpoch;
  const before = epochs.at(-6);
  const { best, lastOverBest, gap, count } = lateLosses(epochs);
  const those = count === 1 ? "last value" : `mean of the last ${count} values`;
  return [
    ...(before
      ? [
          `From epoch ${before.epoch} to ${last.epoch} the training loss changed by ${change(before.loss, last.loss)}, the validation loss by ${change(before.valLoss, last.valLoss)}.`,
        ]
      : []),
    `The least validation loss is ${printedLoss(best.valLoss)}, of epoch ${best.epoch}; the ${those} is ${fixed(lastOverBest, 3)} times as large.`,
    `Validation over training loss, the ${those} of each: ${fixed(gap, 3)}.`,
  ];
}

/** The losses of a training's end, over its last three epochs, or as many as there are. */
export function lateLosses(epochs: readonly MeasuredEpoch[]) {
  const end = epochs.slice(-3);
  const best = epochs.reduce((least, epoch) => (epoch.valLoss < least.valLoss ? epoch : least));
  const validation = mean(end.map(({ valLoss }) => valLoss));
  const training = mean(end.map(({ loss }) => loss));
  return { best, count: end.length, lastOverBest: validation / best.valLoss, gap: validation / training };
}

/** The epochs whose losses are both finite. */
export function measured(history: readonly EpochRecord[]): MeasuredEpoch[] {
  return history.flatMap(({ epoch, loss, valLoss }) =>
    loss === null || valLoss === null ? [] : [{ epoch, loss, valLoss }],
  );
}

/** Errors on the test images, the best and the worst digit, and the baselines. */
export function testStatements(run: Run): string[] {
  const { test, dataset } = run;
  return [
    `On the ${integer(dataset.testImages)} test images the mean squared error is ${printedLoss(test.mse)}, as much as ${pixelsWorth(test.mse)} of a digit’s 784 pixels being completely wrong.`,
    `PSNR ${printedPsnr(test.psnr)} dB and SSIM ${fixed(test.ssim, 3)}, both means over the images.`,
    ...digitStatement(run),
    ...baselineStatements(run),
  ];
}

/** The digits with the least and the greatest error. */
function digitStatement(run: Run): string[] {
  const found = extremeDigits(run);
  if (!found) return [];
  const { best, worst } = found;
  return [
    `The greatest mean error is that of the digit ${worst.digit}, ${printedLoss(worst.mse)}, ${fixed(worst.mse / run.test.mse, 2)} times the mean over all; the least that of the digit ${best.digit}, ${printedLoss(best.mse)}.`,
  ];
}

/** What needs no training, with its error on the validation images, and the error of this run to hold against it. */
export function baselinesOf(run: Run) {
  const { baselines, recipe, history, test } = run;
  const last = measured(history).at(-1)?.valLoss;
  // Baselines are mean squared errors on the validation images; a run with another loss has only its test error to compare.
  const own =
    recipe.loss === "mse" && last !== undefined
      ? { what: "The last validation loss", value: last }
      : { what: "The mean squared error on the test images", value: test.mse };
  const all = [
    { name: "a black picture", value: baselines.black },
    { name: "the mean training picture", value: baselines.meanImage },
    { name: `PCA with ${codeSize(run)} components`, value: baselines.pca },
  ];
  // Beaten by more than what is printed: a collapsed run equals the black picture to the last digits.
  const beaten = all.filter(({ value }) => Number((value / own.value).toFixed(1)) > 1);
  return { own, beaten, unbeaten: all.filter((baseline) => !beaten.includes(baseline)) };
}

function baselineStatements(run: Run): string[] {
  const { own, beaten, unbeaten } = baselinesOf(run);
  const list = (all: typeof beaten) =>
    all
      .map(({ name, value }) => `${name} (${printedLoss(value)}, ${fixed(value / own.value, 1)} times as much)`)
      .join(", ");
  const against = (verb: string, all: typeof beaten) =>
    all.length === 0
      ? []
      : [
          `${own.what}, ${printedLoss(own.value)}, ${verb} the error, on the validation images, of what needs no training: ${list(all)}.`,
        ];
  return [...against("is below", beaten), ...against("is not below", unbeaten)];
}

function collapseStatement({ collapse, status }: Run): string[] {
  if (collapse) return [`What the trainer reported: ${collapse.explanation}.`];
  return status === "interrupted" ? ["The run was stopped before its last epoch."] : [];
}

function moved(from: number, to: number): string {
  if (printedLoss(from) === printedLoss(to)) return `stayed at ${printedLoss(to)}`;
  return `${to < from ? "fell" : "rose"} from ${printedLoss(from)} to ${printedLoss(to)}`;
}

/** `−9.3 %` */
function change(from: number, to: number): string {
  return `${signed((to / from - 1) * 100, 1)}\u00a0%`;
}
