import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { api } from "../../trpc/caller.ts";
import { codeSize } from "../run/numbers.ts";
import type { Rung } from "./losses.ts";

/** Errors on the test images of what needs no training; PCA's and the example's on the validation images, as reported. */
export async function ladderOf(run: Run): Promise<Rung[]> {
  const baselines = await api.data.testBaselines();
  return [
    { name: "one half everywhere", mse: baselines.half },
    { name: "black", mse: baselines.black },
    { name: "one grey", mse: baselines.grey },
    { name: "the mean picture", mse: baselines.meanImage },
    { name: "the mean picture of its class", mse: baselines.classMean },
    { name: "the digit, one pixel to the side", mse: baselines.shifted },
    { name: "a thumbnail of 8 × 8", mse: await api.data.thumbnailMse() },
    { name: `${codeSize(run)} PCA numbers`, mse: run.baselines.pca },
    { name: "the assignment’s example", mse: exampleValidationLoss },
  ];
}
