import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { thumbnail } from "@autoencoder/ui";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { defaultSample } from "../../src/features/digit/server-data.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import type { Rung } from "../../src/features/stuck/ladder-table.tsx";
import { pictureAt, shiftedRight } from "../../src/shared/pixels.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import byPca from "./digit-by-pca.json";

/**
 * Errors on the test images of what needs no network, and of the run, each with what it makes of the digit that the chapter
 * opens on. The example of the assignment has printed only its validation loss. @param pca MSE of PCA, on the test images
 */
export async function rungsOf(run: Run, pca: number): Promise<Rung[]> {
  const [errors, thumbnailMse, { mean: grey }, means, samples] = await Promise.all([
    api.data.testBaselines(),
    api.data.thumbnailMse(),
    api.data.brightness(),
    api.data.classMeans(),
    api.digits.samples(run),
  ]);
  const sample = Math.min(defaultSample, samples.count - 1);
  const digit = Float32Array.from(pictureAt(samples.originals, sample), (byte) => byte / 255);
  const everywhere = (value: number) => new Float32Array(digit.length).fill(value);
  const ofItsClass = means.find(({ label }) => label === samples.labels[sample])?.picture ?? everywhere(grey);
  const still = (pixels: Uint8Array | Float32Array) => <StillPicture pixels={pixels} label="" />;
  const rung = (name: string, value: number, pixels: Float32Array): Rung => ({ name, value, picture: still(pixels) });
  const rebuilt = rebuiltByPca(run, samples.indices[sample] as number);
  return [
    rung("one half everywhere", errors.half, everywhere(0.5)),
    rung("black", errors.black, everywhere(0)),
    rung("one grey", errors.grey, everywhere(grey)),
    rung("the mean picture", errors.meanImage, meanOf(means)),
    rung("the mean picture of its class", errors.classMean, ofItsClass),
    rung("the digit, one pixel to the side", errors.shifted, shiftedRight(digit, 1)),
    rung("a thumbnail of 8 × 8", thumbnailMse, thumbnail(digit, 8).enlarged),
    { name: `${codeSize(run)} PCA numbers`, value: pca, ...(rebuilt && { picture: still(rebuilt) }) },
    { name: "the assignment’s example", value: exampleValidationLoss },
    { ...rung("this run", run.test.mse, pictureAt(samples.reconstructions, sample)), own: true },
  ];
}

/**
 * A test digit as PCA rebuilds it with as many numbers as the run's code has; undefined for another digit, length of code or
 * other training pictures than were kept (`npm run train -- baselines --digit 1 --json`).
 */
function rebuiltByPca(run: Run, index: number): Uint8Array | undefined {
  const { from = 0, train } = run.dataset.split;
  const picture = (byPca.rebuilt as Readonly<Record<string, string>>)[codeSize(run)];
  const sameImages = from === 0 && train === byPca.train && !run.page?.drawing;
  return picture && index === byPca.digit && sameImages ? decodeBytes(picture) : undefined;
}

/** The mean of all training pictures. */
function meanOf(classes: ApiAnswers["data"]["classMeans"]): Float32Array {
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  const [{ picture: first }] = classes as [(typeof classes)[number]];
  return first.map((_, at) =>
    classes.reduce((sum, { picture, count }) => sum + ((picture[at] as number) * count) / all, 0),
  );
}
