import type { Dataset } from "@autoencoder/data";
import { principalPicture } from "@autoencoder/model/pca";
import type { Run } from "@autoencoder/model/run";
import { dataFolder, UsageError, whole } from "../command-line.ts";
import { openDataset } from "../dataset.ts";
import { baselines as baselinesOf, type PcaOfRun, pcaOfRun } from "../run-folder/statistics.ts";
import type { Command } from "./command.ts";

/** Lengths of a code whose PCA is printed. */
const lengths = [2, 8, 16, 32, 64, 128] as const;

export const baselines: Command = {
  usage: "baselines [--train N] [--validation N] [--digit N] [--data DIR] [--json]",
  what: "measure what needs no training: a black picture, the mean picture, and PCA with as many numbers as a code has",
  options: {
    train: { type: "string" },
    validation: { type: "string" },
    digit: { type: "string" },
    data: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: { least: 0, most: 0, expected: "no words" },
  async perform({ values, console: { output } }) {
    const count = (option: "train" | "validation", otherwise: number) =>
      whole()(`--${option}`, String(values[option] ?? otherwise));
    const folder = values.data === undefined ? undefined : dataFolder("--data", String(values.data));
    const dataset = await openDataset(folder);
    const train = count("train", Math.floor(dataset.train.count * 0.9));
    const split = { train, validation: count("validation", Math.max(1, dataset.train.count - train)) };
    if (split.train + split.validation > dataset.train.count) {
      throw new UsageError(
        `baselines: expected at most ${dataset.train.count} pictures in all, as many as the training file has, but got ` +
          `${split.train} to train on and ${split.validation} to validate on`,
      );
    }
    const digit =
      values.digit === undefined
        ? undefined
        : whole({ least: 0, most: dataset.test.count - 1 })("--digit", String(values.digit));
    if (digit !== undefined && !values.json) {
      throw new UsageError("baselines: expected --json beside --digit, which rebuilds a test digit; add it");
    }
    const pca = pcaOfRun(dataset, split, Math.max(...lengths));
    const measured = measure(dataset, split, pca);
    if (values.json) {
      const rebuilt = digit === undefined ? undefined : { digit, rebuilt: rebuiltBy(pca, dataset.test.bytes(digit)) };
      output.write(`${JSON.stringify({ ...split, ...measured, ...rebuilt })}\n`);
      return;
    }
    const rows: [string, number][] = [
      ["a black picture", measured.black],
      ["the mean picture", measured.meanImage],
      ...lengths.map((length): [string, number] => [`PCA with ${length} numbers`, measured.pca[length]]),
    ];
    output.write(`MSE on ${split.validation} pictures, after a look at ${split.train} others\n`);
    for (const [name, mse] of rows) output.write(`  ${name.padEnd(22)} ${mse.toFixed(5)}\n`);
  },
};

function measure(dataset: Dataset, split: Run["dataset"]["split"], pca: PcaOfRun) {
  const { black, meanImage } = baselinesOf(dataset, split, { pca, codeLength: 1 });
  return { black, meanImage, pca: byLength((length) => pca.errors.validation[length] as number) };
}

/** A picture as PCA rebuilds it from each number of components: its bytes in base64. */
function rebuiltBy({ components }: PcaOfRun, picture: Uint8Array) {
  return byLength((length) => Buffer.from(principalPicture(picture, components, length)).toString("base64"));
}

function byLength<Value>(of: (length: number) => Value) {
  return Object.fromEntries(lengths.map((length) => [length, of(length)])) as Record<(typeof lengths)[number], Value>;
}
