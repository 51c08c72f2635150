import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { LossLadder } from "@autoencoder/model/history";
import type { Run } from "@autoencoder/model/run";
import { api } from "../../trpc/caller.ts";

/**
 * What a pasted loss is held against, on the validation images.
 * @param healthy a run that was trained with the cross-entropy; where there is none, 1.15 of the least possible stands for it
 */
export async function lossLadder(run: Run, healthy: Run | undefined): Promise<LossLadder> {
  const { mse, bce } = await api.data.validationLadder();
  return {
    mse: { ...mse, pca: run.baselines.pca, example: exampleValidationLoss },
    bce: { ...bce, healthy: healthy?.history.at(-1)?.valLoss ?? bce.least * 1.15 },
  };
}
