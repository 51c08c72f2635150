import type { Run } from "@autoencoder/model/run";
import { fixed } from "@autoencoder/ui";
import { currentRun } from "./current-run.ts";

/** A run's name. Where it is `assignment`, its one change to the assignment is said with it. */
export function RunName({ run }: { run: Run }) {
  const bias = fixed(run.outputBias, 3);
  if (run.outputBias === 0) return <code>{run.name}</code>;
  return (
    <>
      <code>{run.name}</code> (one change: the output bias starts at <span className="number">{bias}</span>, not 0)
    </>
  );
}

/** The name of the page's run. */
export async function CurrentRunName() {
  return <RunName run={await currentRun()} />;
}
