import { describe, expect, it } from "vitest";
import { readLosses, stateOf } from "./losses.ts";

const rungs = { black: 0.1114, pca: 0.008 };

describe("readLosses", () => {
  it("takes the validation losses out of what Keras prints", () => {
    const log = `Epoch 1/20
422/422 ━━━━━━━━━━ 21s 47ms/step - loss: 0.1131 - val_loss: 0.1114
Epoch 2/20
422/422 ━━━━━━━━━━ 20s 47ms/step - loss: 0.1121 - val_loss: 0.1113`;
    expect(readLosses(log)).toEqual([0.1114, 0.1113]);
  });

  it("takes the losses where nothing was validated, and a plain list", () => {
    expect(readLosses("Epoch 1/20 - loss: 3.68e-2")).toEqual([0.0368]);
    expect(readLosses("0.2, 0.11; .105\n")).toEqual([0.2, 0.11, 0.105]);
    expect(readLosses("nothing here")).toEqual([]);
  });
});

describe("a pasted text", () => {
  it("gives no number that is too large for one", () => {
    expect(readLosses("loss: 1e999")).toEqual([]);
    expect(readLosses("val_loss: 1e999 loss: 0.1")).toEqual([0.1]);
  });

  it("of blanks is read in time that grows with its length alone", () => {
    const before = process.cpuUsage();
    expect(readLosses(`loss:${" ".repeat(200_000)}x`)).toEqual([]);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(1);
  });
});

describe("stateOf", () => {
  it.each([
    [[], "no-numbers"],
    [[0.23, 0.1121], "black"],
    [[0.0951], "grey"],
    [[0.0673], "grey"],
    [[0.0134], "learning"],
    [[0.0075], "pca"],
    [[0.0052], "good"],
    [[7250], "scale"],
    [[-0.3], "not-a-loss"],
  ] as const)("%j is %s", (losses, state) => expect(stateOf([...losses], rungs)).toBe(state));
});
