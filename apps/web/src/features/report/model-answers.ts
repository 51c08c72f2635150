import { logit } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { fixed, printedLoss } from "@autoencoder/ui";
import { codeSize, extremeDigits, pixelsWorth } from "../run/numbers.ts";
import type { AnswerId } from "./report-template.ts";
import { baselinesOf, lateLosses, measured } from "./statements.ts";

/** A teacher's answers for a run: what its numbers bear out, chosen by them. */
export function modelAnswers(run: Run): Record<AnswerId, string> {
  const black = run.status === "collapsed";
  return {
    "loss-curve": black ? collapsedCurve(run) : healthyCurve(run),
    reconstructions: black ? collapsedPictures(run) : healthyPictures(run),
    bottleneck: bottleneck(run, black),
    labels: labels(run, black),
    conclusion: black ? collapsedConclusion(run) : healthyConclusion(run),
  };
}

function healthyCurve({ history }: Run): string {
  const epochs = measured(history);
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (!first || !last || first === last) return "One epoch is too little to speak of a curve.";
  const before = epochs.at(-6) ?? first;
  const { gap, lastOverBest } = lateLosses(epochs);
  const fell = 1 - last.valLoss / before.valLoss;
  return [
    `Both losses fall, steeply at first and ever more slowly: validation from ${printedLoss(first.valLoss)} to ${printedLoss(last.valLoss)}.`,
    first.valLoss < first.loss
      ? "In the first epoch validation lies below training. That is not a sign of anything: the training loss is a mean over the epoch, most of it from before the weights were as good as at its end."
      : "",
    fell > 0.01
      ? `Since epoch ${before.epoch} validation has still fallen by ${fixed(fell * 100, 0)}\u00a0%, so the training had not converged when it ended.`
      : `Since epoch ${before.epoch} validation has not fallen any more.`,
    gap > 1.02
      ? `At the end it lies ${fixed((gap - 1) * 100, 0)}\u00a0% above training: a gap, the beginning of overfitting.`
      : "At the end the two lie on each other.",
    lastOverBest < 1.05
      ? "It does no harm so far, since validation ends near its best."
      : `Validation ends ${fixed((lastOverBest - 1) * 100, 0)}\u00a0% above its best: the weights of that epoch would have been the better ones.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function collapsedCurve({ history, baselines }: Run): string {
  const last = measured(history).at(-1);
  const at = last ? `, at ${printedLoss(last.valLoss)}; a black picture scores ${printedLoss(baselines.black)}` : "";
  return `Both curves are flat${at}. The network prints black for every digit and has no gradient left to change that. Validation over training is close to 1, the smallest gap there can be, and it says nothing good: who prints the same for everything cannot overfit.`;
}

function healthyPictures(run: Run): string {
  const found = extremeDigits(run);
  const digits = found
    ? ` The ${found.worst.digit} suffers most, ${fixed(found.worst.mse / found.best.mse, 1)} times the error of the ${found.best.digit}: it has more ink and more edges, and the error sits at edges.`
    : "";
  const kept =
    baselinesOf(run).unbeaten.length === 0
      ? "Every digit can be told; slant, width and loops are kept. What is lost is small: edges are softer, thin gaps and tips fill in."
      : "The coarse shape is kept, ink where there was ink; strokes run into each other, and some digits can no longer be told.";
  return `${kept} On average ${pixelsWorth(run.test.mse)} pixels’ worth of a picture is wrong.${digits} The blur has more than one possible cause: where two strokes are equally likely the loss asks for their mean, ${codeSize(run)} numbers cannot say everything, and the last layers paint four pixels out of one cell. The error alone does not tell which; one would have to change one of them and measure.`;
}

function collapsedPictures(run: Run): string {
  return `There are none: all pictures are black. The error of ${printedLoss(run.test.mse)} looks small only because four pixels in five of a digit are black anyway. The digits differ in it as they differ in ink.`;
}

function bottleneck(run: Run, black: boolean): string {
  const code = codeSize(run);
  if (black) {
    return `In this run nothing: the decoder prints black whatever the ${code} numbers are. In one that learns they make the network keep what digits have in common and leave out what it cannot afford.`;
  }
  const { pca } = run.baselines;
  const { own } = baselinesOf(run);
  const better =
    own.value < pca
      ? `It spends them better than PCA, the best straight-line code of as many: ${printedLoss(own.value)} against ${printedLoss(pca)}, because its layers bend.`
      : `PCA, a straight-line code of as many numbers, is still better: ${printedLoss(pca)} against ${printedLoss(own.value)}.`;
  return `Everything that the decoder knows of a digit has passed through ${code} numbers, far fewer than there are pixels. Copying is impossible, so the network must say what digits have in common once, in its weights, and use the code for what makes this one different. ${better} It is no file compression: the picture that comes back is not the one that went in.`;
}

function labels(run: Run, black: boolean): string {
  const what = black ? "Here it did not learn anything" : "It learned from the pictures alone";
  return `${what}: the target was the input, which is why self-supervised is the better word. No one told it that there are ten kinds of digits. The error of ${printedLoss(run.test.mse)} says how near the pictures are, not what the numbers of the code mean. One can rotate the code and turn the decoder’s first layer back: all numbers change and no picture does. That like digits have near codes proves little, since raw pixels and random projections show it too.`;
}

function healthyConclusion(run: Run): string {
  const { beaten, unbeaten } = baselinesOf(run);
  const verdict =
    unbeaten.length === 0
      ? "better than everything that needs no training"
      : `better than ${beaten.length} of ${beaten.length + unbeaten.length} things that need no training`;
  const code = codeSize(run);
  return `A network of convolutions, asked for its input and given ${code} numbers to carry it through, ends at a test error of ${printedLoss(run.test.mse)}, ${verdict}. Next I would double the code to ${2 * code} and change nothing else, with three seeds each. If the test error falls by more than that of PCA with as many numbers, the network used them well; if the pictures stay as soft, the bottleneck was not the cause of the blur.`;
}

function collapsedConclusion(run: Run): string {
  return `The run failed, and its files do not show it: there is a curve, there is no gap, all models are saved. One must look at the pictures, or hold the loss against the ${printedLoss(run.baselines.black)} of a black one. Next I would start the bias of the last convolution at the logit of the mean pixel, ${fixed(logit(run.dataset.meanPixel), 3)}, and change nothing else: a loss below ${printedLoss(run.baselines.meanImage)}, that of the mean picture, after the first epoch would show that it helped.`;
}
