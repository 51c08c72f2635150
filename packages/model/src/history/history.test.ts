import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnose, type LossKind, type LossLadder, readHistory } from "./index.ts";

/** On MNIST's 6,000 validation images; the cross-entropies by numpy's formula, outputs kept 1e-7 from 0 and 1. */
const ladder: LossLadder = {
  mse: { black: 0.1114, half: 0.2312, grey: 0.0945, meanImage: 0.067, pca: 0.008, example: 0.0052 },
  bce: { least: 0.0587, half: Math.LN2, grey: 0.3868, meanImage: 0.2624, black: 2.0986, healthy: 0.0672 },
};

const keras = (losses: readonly (readonly [string, string])[]) =>
  losses
    .map(
      ([loss, valLoss], at) =>
        `Epoch ${at + 1}/20\n422/422 ━━━━━━━━━━━━━━━━━━━━ 57s 131ms/step - loss: ${loss} - val_loss: ${valLoss}`,
    )
    .join("\n");

function told(text: string, asked?: LossKind) {
  const read = readHistory(text);
  if (read.kind !== "history") return read;
  const { points, format, unfinished } = read;
  return { format, points, ...diagnose(points, ladder, { asked, unfinished: unfinished !== undefined }) };
}

describe("what is pasted of a training", () => {
  it.each([
    [
      "a healthy cross-entropy run",
      keras([
        ["0.2011", "0.1103"],
        ["0.0937", "0.0821"],
        ["0.0664", "0.0674"],
      ]),
      undefined,
      0.0674,
    ],
    ["the last of its epochs alone", "loss: 0.0664 - val_loss: 0.0674", undefined, 0.0674],
    ["an epoch in its middle", "loss: 0.0937 - val_loss: 0.0937", undefined, 0.0937],
    ["an early one", "loss: 0.1103 - val_loss: 0.1103", undefined, 0.1103],
    [
      "a single loss of black pictures, or of a cross-entropy that learns",
      "loss: 0.1131 - val_loss: 0.1114",
      undefined,
      0.1114,
    ],
  ])("%s may be of either loss, and is asked back", (_, text, loss, value) => {
    expect(told(text)).toMatchObject({ loss, value });
  });

  it.each([
    ["cross-entropy of one half", keras([["0.6940", "0.6935"]]), "bce", "untrained", 0.6935],
    [
      "cross-entropy of the mean picture",
      keras([
        ["0.2700", "0.2632"],
        ["0.2631", "0.2630"],
        ["0.2630", "0.2630"],
      ]),
      undefined,
      "mean-image",
      0.263,
    ],
    [
      "a dead run",
      keras([
        ["0.1131", "0.1114"],
        ["0.1121", "0.1114"],
        ["0.1121", "0.1114"],
      ]),
      "mse",
      "black",
      0.1114,
    ],
    [
      "a run that learns",
      keras([
        ["0.0368", "0.0134"],
        ["0.0120", "0.0100"],
      ]),
      "mse",
      "learning",
      0.01,
    ],
    [
      "the assignment's example",
      keras([
        ["0.0368", "0.0134"],
        ["0.0068", "0.0062"],
        ["0.0045", "0.0052"],
      ]),
      "mse",
      "good",
      0.0052,
    ],
    ["verbose 2", "Epoch 1/20\n422/422 - 21s - 47ms/step - loss: 0.0301 - val_loss: 0.0075", "mse", "pca", 0.0075],
    ["pixels that were not divided", keras([["7250.1", "7249.9"]]), "mse", "scale", 7249.9],
  ])("%s is Keras's log", (_, text, loss, state, value) => {
    expect(told(text, text.includes("0.2630") ? "bce" : undefined)).toMatchObject({
      format: "keras",
      loss: loss ?? "bce",
      state,
      value,
    });
  });

  it("a loss that is no number is told with its epoch, not by the milliseconds of a step", () => {
    const text = keras([
      ["0.0500", "0.0450"],
      ["nan", "nan"],
    ]);
    expect(told(text)).toMatchObject({ state: "not-a-number", since: 2 });
    expect(told("422/422 ━━━━ 57s 131ms/step - loss: nan - val_loss: nan")).toMatchObject({
      state: "not-a-number",
      since: 1,
    });
  });

  it.each([
    ["0,0045", [0.0045], "good"],
    ["0,1136; 0,1121; 0,1114", [0.1136, 0.1121, 0.1114], "black"],
    ["0.2, 0.11; .105\n", [0.2, 0.11, 0.105], "above-mean"],
    ["0.05, 0.04, 0.03", [0.05, 0.04, 0.03], "learning"],
    ["0.25", [0.25], "above-mean"],
    ["0.9", [0.9], "above-mean"],
    ["1.1", [1.1], "scale"],
    ["[0.158, 0.158, 0.158]", [0.158, 0.158, 0.158], "constant"],
    ["0.2312", [0.2312], "untrained"],
  ])("bare numbers, “%s”, are read with points and with decimal commas", (text, values, state) => {
    expect(told(text, "mse")).toMatchObject({ format: "numbers", points: values.map((loss) => ({ loss })), state });
  });

  it("white pictures are told from pixels that were not divided, by the mean squares of MNIST's own pixels", () => {
    // E(x) = 0.1302 and E(x²) = 0.1114 of the validation images, counted from the file's bytes.
    const white = 1 - 2 * 0.1302 + 0.1114;
    expect(told(`loss: ${white.toFixed(4)}`, "mse")).toMatchObject({ loss: "mse", state: "white" });
    expect(told(`loss: ${white.toFixed(4)}`)).toMatchObject({ loss: undefined });
    const crossEntropy = -(1 - 0.1302) * Math.log(1e-7);
    expect(told(`loss: ${crossEntropy.toFixed(4)}`)).toMatchObject({ loss: "bce", state: "white" });
  });

  it.each(["mse", "bce"] as const)("in the middle of its first epoch it is too early to say, as %s too", (asked) => {
    expect(told("300/422 – loss: 0.1150", asked)).toMatchObject({ state: "too-early" });
  });

  it("the trainer's own history.csv and Keras's CSVLogger are read by their columns", () => {
    const own = readFileSync(join(import.meta.dirname, "../../../../artifacts/assignment/history.csv"), "utf8");
    const read = told(own);
    expect(read).toMatchObject({ format: "csv", loss: "mse", state: "good" });
    expect("points" in read && read.points).toHaveLength(20);
    expect(told("epoch,loss,val_loss\n0,0.0368,0.0134\n1,0.0120,0.0100\n")).toMatchObject({
      state: "learning",
      value: 0.01,
    });
    expect(told("epoch;loss;val_loss\n0;0,0368;0,0134\n1;0,0120;0,0100\n")).toMatchObject({
      state: "learning",
      value: 0.01,
    });
  });

  it("a history's dictionary is read to its end, whatever wraps its numbers", () => {
    const text = "{'loss': [0.1131, 0.05, 0.004], 'val_loss': [0.1114, 0.02, 0.0042]}";
    expect(told(text)).toMatchObject({ format: "dictionary", loss: "mse", state: "good", value: 0.0042 });
    const wrapped = "{'loss': [np.float32(0.05), nan], 'val_loss': [np.float32(0.02), nan]}";
    expect(told(wrapped)).toMatchObject({ state: "not-a-number", since: 2 });
    expect(told('{"loss":[0.05,0.004],"val_loss":[0.02,0.0042]}')).toMatchObject({ state: "good" });
  });

  it.each([
    [
      "Epoch [1/20], Loss: 0.0412\nEpoch [2/20], Loss: 0.0212",
      [
        [1, 0.0412, undefined],
        [2, 0.0212, undefined],
      ],
    ],
    ["epoch 3, train 0.01, val 0.02", [[3, 0.01, 0.02]]],
    ["Epoch: 1 Training Loss: 0.0301 Validation Loss: 0.0210", [[1, 0.0301, 0.021]]],
  ])("prints of a loop, “%s”, are read line by line", (text, expected) => {
    const read = readHistory(text);
    expect(read.kind === "history" && read.points.map(({ epoch, loss, valLoss }) => [epoch, loss, valLoss])).toEqual(
      expected,
    );
  });

  it.each([
    ["300/422 ━━━━ 10s 90ms/step – loss: 0.1150", { batch: 300, of: 422 }],
    ["Epoch 1/20\n100/422 ━ loss: 0.2000\r200/422 ━━ loss: 0.1500\r300/422 ━━━ loss: 0.1150", { batch: 300, of: 422 }],
  ])("an epoch that is not over is too early to judge: %s", (text, unfinished) => {
    expect(readHistory(text)).toMatchObject({ unfinished, points: [{ loss: 0.115 }] });
    expect(told(text)).toMatchObject({ state: "too-early" });
  });

  it.each([
    [
      "ValueError: Input 0 of layer conv2d: expected axis -1 of input shape to have value 1, but received shape (None, 28, 28)",
      "channel-axis",
    ],
    ["ValueError: Dimensions must be equal, but are 32 and 28 for 'loss/sub'", "sizes"],
    ["ModuleNotFoundError: No module named 'keras'", "missing-module"],
    ["Total params: 1,437,317 (5.48 MB)", "parameters"],
    ["Traceback (most recent call last):\n  File \"x.py\", line 1\nNameError: name 'encoder' is not defined", "error"],
  ])("an error's text, “%s”, is no loss", (text, fault) => {
    expect(readHistory(text)).toMatchObject({ kind: "fault", fault });
  });

  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["11 %", "percent"],
    ["my network prints black since 3 days", "no-loss"],
    ["accuracy: 0.81", "no-loss"],
  ])("“%s” holds no loss", (text, reason) => expect(readHistory(text)).toEqual({ kind: "nothing", reason }));

  it("a value that is none of a loss is asked back", () => {
    expect(told("0")).toMatchObject({ state: "zero" });
    expect(told("-0.5")).toMatchObject({ state: "negative" });
    expect(told("loss: 1e999")).toMatchObject({ kind: "nothing" });
  });

  it("a training that came far and rose again has diverged, since its best epoch", () => {
    const text = keras([
      ["0.04", "0.02"],
      ["0.01", "0.0100"],
      ["0.1", "0.1114"],
    ]);
    expect(told(text)).toMatchObject({ state: "diverged", since: 2, loss: "mse" });
  });

  it("a gap between training and validation is told", () => {
    const read = told(
      keras([
        ["0.0040", "0.0060"],
        ["0.0040", "0.0060"],
        ["0.0040", "0.0060"],
      ]),
    );
    expect("gap" in read && read.gap).toBeCloseTo(1.5, 6);
  });

  it("of 8,440 lines is read in time that grows with their number alone", () => {
    const line = "422/422 ━━━━━━━━━━━━━━━━━━━━ 57s 131ms/step - loss: 0.1131 - val_loss: 0.1114\n";
    const seconds = (text: string) => {
      const before = process.cpuUsage();
      readHistory(text);
      return process.cpuUsage(before).user / 1e6;
    };
    seconds(line);
    expect(seconds(line.repeat(8_440))).toBeLessThan(0.5);
    for (const hostile of ["loss:", "'loss': [", "epoch ", "0,", "[".repeat(9), " ", "\t", "Error"]) {
      expect(seconds(hostile.repeat(40_000)), hostile).toBeLessThan(1);
    }
  });
});
