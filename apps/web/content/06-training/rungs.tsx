import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { codeSize } from "../../src/features/run/numbers.ts";
import type { Rung } from "../../src/features/stuck/ladder-table.tsx";
import { api } from "../../src/trpc/caller.ts";
import { ladderPictures } from "./ladder-pictures.tsx";

/**
 * Errors on the test images of what needs no network, and of the run, each with what it makes of the digit that the chapter
 * opens on. The example of the assignment has printed only its validation loss. @param pca MSE of PCA, on the test images
 */
export async function rungsOf(run: Run, pca: number): Promise<Rung[]> {
  const [errors, thumbnailMse, pictures] = await Promise.all([
    api.data.testBaselines(),
    api.data.thumbnailMse(),
    ladderPictures(run),
  ]);
  const rungs: Rung[] = [
    { name: "one half everywhere", value: errors.half },
    { name: "black", value: errors.black },
    { name: "one grey", value: errors.grey },
    { name: "the mean picture", value: errors.meanImage },
    { name: "the mean picture of its class", value: errors.classMean },
    { name: "the digit, one pixel to the side", value: errors.shifted },
    { name: "a thumbnail of 8 × 8", value: thumbnailMse },
    { name: `${codeSize(run)} PCA numbers`, value: pca },
    { name: "the assignment’s example", value: exampleValidationLoss },
    { name: "this run", value: run.test.mse, own: true },
  ];
  return rungs.map((rung) => ({ ...rung, picture: pictures[rung.name] }));
}
