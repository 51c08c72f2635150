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
      ? "In the first epoch validation lies below training. That says little: the training loss is a mean over the epoch, and the weights were worse for most of it than at its end."
      : "",
    fell > 0.01
      ? `Since epoch ${before.epoch} validation has still fallen by ${fixed(fell * 100, 0)}\u00a0%, so the training had not converged when it ended.`
      : `Since epoch ${before.epoch} validation has not fallen any more.`,
    gap > 1.02
      ? `At the end it lies ${fixed((gap - 1) * 100, 0)}\u00a0% above training: a gap, the beginning of overfitting.`
      : "At the end the two are nearly equal.",
    lastOverBest < 1.05
      ? "It does no harm so far, since validation ends near its best."
      : `Validation ends ${fixed((lastOverBest - 1) * 100, 0)}\u00a0% above its best: the weights of that epoch were better.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function collapsedCurve({ history, baselines }: Run): string {
  const last = measured(history).at(-1);
  const at = last ? `, at ${printedLoss(last.valLoss)}; a black picture scores ${printedLoss(baselines.black)}` : "";
  return `Both curves are flat${at}. The network prints black for every digit, and no gradient is left to change that. Validation over training is close to 1, so there is no gap. That is no good sign: a network that prints the same picture for every digit cannot overfit.`;
}

function healthyPictures(run: Run): string {
  const found = extremeDigits(run);
  const digits = found
    ? ` The ${found.worst.digit} has the greatest error, ${fixed(found.worst.mse / found.best.mse, 1)} times that of the ${found.best.digit}. It has more ink and more edges, and most of the error is at edges.`
    : "";
  const kept =
    baselinesOf(run).unbeaten.length === 0
      ? "Every digit can be recognized; slant, width and loops are kept. Little is lost: edges are softer, and thin gaps and tips fill in."
      : "The coarse shape is kept. Strokes run into each other, and some digits can no longer be recognized.";
  return `${kept} On average ${pixelsWorth(run.test.mse)} pixels’ worth of a picture is wrong.${digits} The blur has more than one possible cause. Where two strokes are equally likely, their mean has the least loss. ${codeSize(run)} numbers cannot describe everything. And four pixels of the output read the same cells of the layer before. The error alone does not tell which it is: one would have to change one of them and measure.`;
}

function collapsedPictures(run: Run): string {
  return `There are none: all pictures are black. The error of ${printedLoss(run.test.mse)} looks small only because four pixels in five of a digit are black anyway. A digit with more ink has a larger error.`;
}

function bottleneck(run: Run, black: boolean): string {
  const code = codeSize(run);
  if (black) {
    return `In this run nothing: the decoder prints black whatever the ${code} numbers are. In a run that learns, what digits have in common goes into the weights, and the code describes what makes each digit different.`;
  }
  const { pca } = run.baselines;
  const { own } = baselinesOf(run);
  const better =
    own.value < pca
      ? `The network does better than PCA, the best linear code of as many numbers: ${printedLoss(own.value)} against ${printedLoss(pca)}. ReLU and pooling make the network non-linear.`
      : `PCA, a linear code of as many numbers, is still better: ${printedLoss(pca)} against ${printedLoss(own.value)}.`;
  return `Everything that the decoder knows of a digit has passed through ${code} numbers, far fewer than there are pixels. So it cannot copy. What digits have in common must go into the weights, and the code is left for what makes this digit different. ${better} It is no file compression: the picture that comes back is not the one that went in.`;
}

function labels(run: Run, black: boolean): string {
  const what = black ? "Here it did not learn anything" : "It learned from the pictures alone";
  return `${what}: the target was the input, so self-supervised is the better word. Nobody told it that there are ten kinds of digits. The error of ${printedLoss(run.test.mse)} says how near the pictures are, not what the numbers of the code mean. One can rotate the code and turn the decoder’s first layer back: all numbers change and no picture does. Similar digits have similar codes, but that proves little: raw pixels and random projections show it too.`;
}

function healthyConclusion(run: Run): string {
  const { beaten, unbeaten } = baselinesOf(run);
  const verdict =
    unbeaten.length === 0
      ? "better than everything that needs no training"
      : `better than ${beaten.length} of ${beaten.length + unbeaten.length} things that need no training`;
  const code = codeSize(run);
  return `The network gives back its input through ${code} numbers, with a test error of ${printedLoss(run.test.mse)}. That is ${verdict}. Next I would double the code to ${2 * code} and change nothing else, with three seeds each. If the error falls by a larger share than that of PCA with as many numbers, the network uses them well. If the pictures stay as soft, the bottleneck was not the cause of the blur.`;
}

function collapsedConclusion(run: Run): string {
  return `The run failed, although there is a curve, there is no gap, and all models are saved. One must look at the pictures, or compare the loss with the ${printedLoss(run.baselines.black)} of a black one. Next I would start the bias of the last convolution at the logit of the mean pixel, ${fixed(logit(run.dataset.meanPixel), 3)}, and change nothing else. A loss below ${printedLoss(run.baselines.meanImage)}, that of the mean picture, after the first epoch would show that it helped.`;
}
