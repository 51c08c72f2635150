import type { Run } from "@autoencoder/model/run";
import { thumbnail } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { defaultSample } from "../../src/features/digit/server-data.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { pictureAt, shiftedRight } from "../../src/shared/pixels.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import byPca from "./digit-by-pca.json";

/** By the name of a rung of a loss ladder, what it makes of the digit that the chapter opens on. */
export async function ladderPictures(run: Run): Promise<Readonly<Record<string, ReactNode>>> {
  const [{ mean: grey }, means, samples] = await Promise.all([
    api.data.brightness(),
    api.data.classMeans(),
    api.digits.samples(run),
  ]);
  const sample = Math.min(defaultSample, samples.count - 1);
  const digit = Float32Array.from(pictureAt(samples.originals, sample), (byte) => byte / 255);
  const everywhere = (value: number) => new Float32Array(digit.length).fill(value);
  const rebuilt = pictureAt(samples.reconstructions, sample);
  const pictures = {
    "one half everywhere": everywhere(0.5),
    black: everywhere(0),
    "one grey": everywhere(grey),
    "the mean picture": meanOf(means),
    "the mean picture of its class":
      means.find(({ label }) => label === samples.labels[sample])?.picture ?? everywhere(grey),
    "the digit, one pixel to the side": shiftedRight(digit, 1),
    "a thumbnail of 8 × 8": thumbnail(digit, 8).enlarged,
    [`${codeSize(run)} PCA numbers`]: rebuiltByPca(run, samples.indices[sample] as number),
    "this run": rebuilt,
    "a healthy run": rebuilt,
    "every pixel given back": digit,
  };
  return Object.fromEntries(
    Object.entries(pictures).map(([name, pixels]) => [name, pixels && <StillPicture pixels={pixels} label="" />]),
  );
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
