import type { Diagnosis, Fault, LossKind, LossState, Pasted } from "@autoencoder/model/history";
import { fixed } from "@autoencoder/ui";
import type { ReactNode } from "react";

/** What the page says of a state: its name, its reason, the code that mends it, the chapter that explains it. */
export interface Advice {
  title: string;
  reason: ReactNode;
  code?: string;
  chapter?: { slug: string; name: string };
}

const biasFromData = `import numpy as np
mean = float(x_train.mean())                # 0.1307 for MNIST
bias = float(np.log(mean / (1 - mean)))     # -1.895 for MNIST
layers.Conv2D(1, 3, activation="sigmoid", padding="same",
              bias_initializer=keras.initializers.Constant(bias))`;
const black = { slug: "when-it-prints-black", name: "When it prints black" };
const training = { slug: "training", name: "Training" };
const wholeNetwork = { slug: "the-whole-network", name: "The whole network" };

const ofStates: Readonly<Record<LossState, (diagnosis: Diagnosis) => Advice>> = {
  "too-early": () => ({
    title: "It is too early to say.",
    reason:
      "The first epoch is not over. Some trainings print black after ten batches and still climb out. Look again when the epoch has ended.",
  }),
  "not-a-number": ({ since }) => ({
    title: `The loss is not a number from epoch ${since} on.`,
    reason:
      "A weight has become infinite, and every later step stays so. Lower the learning rate and train from the beginning. If it happens in the first batch, look for pixels that are not between 0 and 1, and for the logarithm of 0 in a loss of your own.",
    code: 'autoencoder.compile(optimizer=keras.optimizers.Adam(1e-3, clipnorm=1.0), loss="mse")',
    chapter: training,
  }),
  negative: () => ({
    title: "This is below 0, which neither loss can be.",
    reason:
      "A mean squared error is at least 0. A binary cross-entropy falls below 0 only if pixels are larger than 1: divide them by 255.",
    code: 'x_train = x_train.astype("float32") / 255',
  }),
  zero: () => ({
    title: "Is the loss exactly 0?",
    reason:
      "No network of this kind rebuilds every pixel exactly. Print more decimals. If it stays at 0, the pictures are all black, or the target is not the picture.",
    code: 'print(x_train.min(), x_train.max(), history.history["loss"][-1])',
  }),
  scale: () => ({
    title: "The pixels are not between 0 and 1.",
    reason:
      "A sigmoid prints between 0 and 1, so a picture that is entirely wrong has a mean squared error of 1. This loss is larger than such pictures can give. Divide the pixels by 255.",
    code: 'x_train = x_train.astype("float32") / 255',
    chapter: { slug: "the-data", name: "The data" },
  }),
  diverged: ({ since }) => ({
    title: `It learned until epoch ${since}, and then the loss rose again.`,
    reason:
      "The loss rose to more than twice its best. A smaller learning rate, or one that falls with the epochs, keeps what was learned.",
    code: "keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, 20 * 422))",
    chapter: training,
  }),
  black: () => ({
    title: "The network prints black.",
    reason:
      "This is the error of a black picture. The sums before the sigmoid are so low that its slope is 0: hardly any gradient is left, and more epochs rarely help. Let the last layer start at the mean of your pictures, and train from the beginning. If your digits are inverted, black on white, the same loss means a white picture, and the same lines mend it.",
    code: biasFromData,
    chapter: black,
  }),
  white: () => ({
    title: "The network prints white.",
    reason:
      "This is the error of a white picture. The sums before the sigmoid are so high that its slope is 0: hardly any gradient is left. Let the last layer start at the mean of your pictures, and train from the beginning. If your digits are inverted, black on white, the same loss means a black picture.",
    code: biasFromData,
    chapter: black,
  }),
  untrained: ({ loss }) => ({
    title: "This is an untrained network: every pixel is one half.",
    reason:
      loss === "bce"
        ? "The cross-entropy of one half is ln 2 = 0.693. If it stays there, no gradient arrives or the learning rate is far too small."
        : "If the loss stays here after an epoch, no gradient arrives or the learning rate is far too small.",
    code: 'autoencoder.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")',
    chapter: training,
  }),
  grey: () => ({
    title: "It prints one grey for every pixel.",
    reason:
      "The best single grey scores this much. Give it another epoch. If it stays, look at whether the code depends on the picture: a ReLU on the last layer, or on the code, may have died.",
    code: "encoder.predict(x_train[:10]).std(axis=0).max()   # 0: the code ignores the picture",
    chapter: black,
  }),
  "mean-image": () => ({
    title: "It prints the same picture for every digit.",
    reason:
      "The mean of all training pictures scores this much. The decoder has learned where digits are, and nothing yet of which one it is shown. Give it another epoch. If it stays, the code does not depend on the picture.",
    code: "encoder.predict(x_train[:10]).std(axis=0).max()   # 0: the code ignores the picture",
    chapter: training,
  }),
  constant: () => ({
    title: "The loss stands still, and not at the error of a black picture.",
    reason:
      "It prints one picture for every digit, but neither black nor the mean. Look at the pictures, at the learning rate, and at whether input and target are the same pictures.",
    code: "autoencoder.fit(x_train, x_train, epochs=20, batch_size=128, validation_split=0.1)",
    chapter: black,
  }),
  "above-mean": () => ({
    title: "It is still above the mean picture.",
    reason:
      "One picture, the same for every digit, scores less than this. If the loss falls from epoch to epoch, train on. If it stands still, look at the pictures.",
    chapter: training,
  }),
  learning: () => ({
    title: "It learns.",
    reason: "The pictures depend on the digit. Train on.",
    chapter: training,
  }),
  pca: ({ value }) => ({
    title: "It is better than PCA with 64 numbers.",
    reason: `PCA is the best linear code of 64 numbers. The assignment’s own example ends at 0.0052, and yours stands at ${fixed(value)}. Train for a few epochs more.`,
    chapter: training,
  }),
  good: ({ loss }) => ({
    title:
      loss === "bce"
        ? "It is as good as a healthy run with this loss."
        : "It is as good as the assignment’s example, or better.",
    reason:
      loss === "bce"
        ? "Nothing is stuck. A cross-entropy does not fall to 0 on grey pixels: its least value here is 0.059."
        : "Nothing is stuck here.",
    chapter: { slug: "reconstructions", name: "Reconstructions" },
  }),
};

/** What is said of a course of losses. */
export function adviceFor(diagnosis: Diagnosis): Advice {
  return ofStates[diagnosis.state](diagnosis);
}

/** What either loss would mean, where both are possible. */
export function readingAs(loss: LossKind, diagnosis: Diagnosis): string {
  const { title } = ofStates[diagnosis.state]({ ...diagnosis, loss });
  return `As ${loss === "mse" ? "mean squared error" : "binary cross-entropy"}: ${title}`;
}

export const ofFaults: Readonly<Record<Fault, Advice>> = {
  "channel-axis": {
    title: "The pictures lack the channel axis.",
    reason: "Conv2D reads pictures of 28 × 28 × 1. MNIST comes as 28 × 28. Add the axis before you train.",
    code: "x_train = x_train[..., None]      # (60000, 28, 28) becomes (60000, 28, 28, 1)",
    chapter: { slug: "the-data", name: "The data" },
  },
  sizes: {
    title: "The output is not as large as the picture.",
    reason:
      "28 halves evenly only twice: 28, 14, 7. After a third pooling the way back ends at 24 or 32. Use two poolings and two upsamplings.",
    chapter: wholeNetwork,
  },
  "missing-module": {
    title: "A package is not installed.",
    reason:
      "The error names it. Colab has all that the program needs; elsewhere install it into the same Python that runs the notebook.",
    code: "python -m pip install keras tensorflow numpy matplotlib",
  },
  memory: {
    title: "The memory is full.",
    reason:
      "A batch’s activations take about 0.4 MB a digit for the forward pass alone. Halve the batch size, and close other notebooks.",
    code: "autoencoder.fit(x_train, x_train, epochs=20, batch_size=64, validation_split=0.1)",
  },
  parameters: {
    title: "1,437,317 parameters: nothing is wrong.",
    reason: "After fit, Keras also counts what Adam remembers: 3 · 479,105 + 2. “Trainable params” still says 479,105.",
    chapter: { slug: "counting", name: "Counting" },
  },
  error: {
    title: "This is an error that this page does not know.",
    reason: "Compare your cells with the program’s, one after the other.",
    chapter: { slug: "the-whole-network", name: "The whole network" },
  },
};

export const ofNothing: Readonly<Record<Extract<Pasted, { kind: "nothing" }>["reason"], Advice | undefined>> = {
  empty: undefined,
  "no-loss": {
    title: "No loss was found in this text.",
    reason:
      "Paste the lines that Keras prints while it trains, a history.csv, history.history, or the losses themselves.",
  },
  percent: {
    title: "A loss is not a share.",
    reason:
      "This looks like an accuracy. For pictures it compares grey values for equality and says nothing. Paste the loss.",
  },
};
