import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { ladderOf } from "../../src/features/stuck/ladder.ts";
import { LadderTable } from "./lazy.ts";

/** Errors on the test images, of what needs no training and of the page's run. */
export async function Ladder() {
  const run = await currentRun();
  return (
    <figure>
      <LadderTable rungs={[...(await ladderOf(run)), { name: "this run", mse: run.test.mse }]} />
      <figcaption>
        On the 10,000 test images; {codeSize(run)} PCA numbers and the example on the validation images, as they are
        reported.
      </figcaption>
    </figure>
  );
}
