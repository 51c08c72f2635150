import type { Run } from "@autoencoder/model/run";
import { fixed } from "@autoencoder/ui";
import { currentRun } from "./current-run.ts";

/** A run's name, and its output bias where that does not start at the assignment's 0: it decides whether anything is learned. */
export function RunName({ run }: { run: Run }) {
  const bias = fixed(run.outputBias, 3);
  if (run.outputBias === 0) return <code>{run.name}</code>;
  return (
    <>
      <code>{run.name}</code> (the output bias starts at <span className="number">{bias}</span>, not 0)
    </>
  );
}

/** The name of the page's run. */
export async function CurrentRunName() {
  return <RunName run={await currentRun()} />;
}
