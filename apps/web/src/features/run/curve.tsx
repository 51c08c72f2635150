import { exampleValidationLoss } from "@autoencoder/model/grading";
import { lossNames, type Run } from "@autoencoder/model/run";
import { Fold, fixed, printedLoss, Table } from "@autoencoder/ui";
import { api } from "../../trpc/caller.ts";
import { currentRun } from "./current-run.ts";
import { LiveLossCurve } from "./live-loss-curve.ts";
import { codeSize } from "./numbers.ts";

/** The loss curve with its baselines, and its numbers as a table. */
export async function Curve() {
  const run = await currentRun();
  const { history, recipe } = run;
  const again = await recomputed(run);
  return (
    <figure>
      <LiveLossCurve
        axis={lossNames[recipe.loss].axis}
        history={history.map(({ epoch, loss, valLoss }) => ({ epoch, loss, valLoss, recomputed: again?.get(epoch) }))}
        levels={recipe.loss === "mse" ? levelsOf(run) : []}
      />
      <figcaption>
        {recipe.loss === "mse" ? <Levels run={run} /> : <OtherLoss run={run} />} Point, drag, or use the arrow keys to
        read an epoch. The training loss is a mean over its epoch; <i>at its middle</i> draws it there.
        {again &&
          " The dashed line then shows the error of the first 2,000 training pictures, measured again at each epoch’s end."}
      </figcaption>
      <Fold summary="The curve as a table">
        <Table label="The losses by epoch">
          <thead>
            <tr>
              <th scope="col">epoch</th>
              <th scope="col" className="numeric">
                train loss
              </th>
              {again && (
                <th scope="col" className="numeric">
                  measured again
                </th>
              )}
              <th scope="col" className="numeric">
                validation loss
              </th>
              <th scope="col" className="numeric">
                seconds
              </th>
              <th scope="col" className="numeric">
                images/s
              </th>
            </tr>
          </thead>
          <tbody>
            {history.map((record) => (
              <tr key={record.epoch}>
                <td className="number">{record.epoch}</td>
                <td className="numeric">{printedLoss(record.loss)}</td>
                {again && <td className="numeric">{printedLoss(again.get(record.epoch) ?? null)}</td>}
                <td className="numeric">{printedLoss(record.valLoss)}</td>
                <td className="numeric">{fixed(record.seconds, 0)}</td>
                <td className="numeric">{fixed(record.imagesPerSecond, 0)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Fold>
    </figure>
  );
}

/** What needs no training, as validation MSE. */
function levelsOf(run: Run) {
  const { baselines } = run;
  return [
    { label: "black", value: baselines.black },
    { label: "mean image", value: baselines.meanImage },
    { label: `${codeSize(run)} PCA numbers`, value: baselines.pca },
    { label: "the example", value: exampleValidationLoss },
  ];
}

function Levels({ run }: { run: Run }) {
  const { baselines } = run;
  return (
    <>
      The dotted lines are errors on the validation images. Three belong to what needs no training: a black picture has{" "}
      {printedLoss(baselines.black)}, the mean training picture {printedLoss(baselines.meanImage)}, and PCA, the best
      linear code of {codeSize(run)} numbers, {printedLoss(baselines.pca)}. The fourth, {exampleValidationLoss}, is what
      the assignment’s example reports after 20 epochs.
    </>
  );
}

function OtherLoss({ run }: { run: Run }) {
  return (
    <>
      This run was trained for the {lossNames[run.recipe.loss].name}. Its losses do not compare with a mean squared
      error: a perfect copy of a grey pixel does not score 0.
    </>
  );
}

/** The training loss by epoch as the snapshots measured it again; they measure the squared error only. */
async function recomputed(run: Run): Promise<Map<number, number> | undefined> {
  if (run.recipe.loss !== "mse") return undefined;
  const snapshots = await api.training.snapshots(run).catch(() => undefined); // a damaged file must not take the curve away
  return (
    snapshots && new Map(snapshots.moments.map(({ step, trainMse }) => [step / snapshots.stepsPerEpoch, trainMse]))
  );
}
