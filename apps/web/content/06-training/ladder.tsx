import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { LadderTable } from "./lazy.ts";
import { rungsOf } from "./rungs.tsx";

/** Errors on the test images, of what needs no training and of the page's run. */
export async function Ladder() {
  const run = await currentRun();
  const measured = await api.page.testPca(run).catch(() => undefined); // a slim run has no such record
  return (
    <figure>
      <LadderTable
        caption="Mean squared error, on a logarithmic scale"
        rungs={await rungsOf(run, measured ?? run.baselines.pca)}
      />
      <figcaption>
        Each error is the mean over the 10,000 test digits. Each picture is what you would see in place of one of them.
        The example reports only its validation loss: it has no picture.
        {measured === undefined && " PCA’s is a validation error too."}
      </figcaption>
    </figure>
  );
}
