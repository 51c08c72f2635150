import { Missing } from "../../src/features/chapter/missing.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { drawnAddress } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveTimeMachine } from "./lazy.ts";

/** The training as a film: each snapshot of one digit, and where it stands on the loss curve. */
export async function TimeMachine() {
  const run = await currentRun();
  const films = await api.training.films(run);
  if (!films) return <Missing run={run.name} file="snapshots" />;
  const rounded = (value: number) => Number(value.toFixed(5));
  return (
    <LiveTimeMachine
      steps={films.moments.map(({ step }) => step)}
      trainMse={films.moments.map(({ trainMse }) => rounded(trainMse))}
      epoch={films.stepsPerEpoch}
      indices={films.indices}
      errors={films.errors.map((digit) => digit.map(rounded))}
      films={`${drawnAddress(run)}/snapshots`}
      kilobytes={Math.ceil(films.meanBytes / 1000)}
    />
  );
}
