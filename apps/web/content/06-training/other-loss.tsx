import { lossNames } from "@autoencoder/model/run";
import { currentRun } from "../../src/features/run/current-run.ts";

/** Where a run was trained for another loss than the one that the prose explains. */
export async function OtherLoss() {
  const { name, recipe } = await currentRun();
  if (recipe.loss === "mse") return null;
  return (
    <p className="notice" role="note">
      The run <code>{name}</code> was trained for the {lossNames[recipe.loss].name}: its loss curve is in that. This
      chapter explains the mean squared error, in which the test images are measured for every run.
    </p>
  );
}
