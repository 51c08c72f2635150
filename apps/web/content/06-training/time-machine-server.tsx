import { meanSquaredError } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { TimeMachine } from "../../src/features/chapter/lazy.ts";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { drawnAddress } from "../../src/features/digit/recorded-digits.ts";
import { filmOf, filmPng, readSnapshots, stepsPerEpoch } from "../../src/server/snapshots.ts";

/** The training as a film: each snapshot of one digit, and where it stands on the loss curve. */
export async function TimeMachineFor({ run }: { run: Run }) {
  const snapshots = await readSnapshots(run);
  if (!snapshots) return <Missing run={run.name} file="snapshots" />;
  const films = await Promise.all(snapshots.indices.map((_, digit) => filmOf(snapshots, digit)));
  const errors = films.map(([original, ...rebuilt]) =>
    rebuilt.map((picture) => Number((meanSquaredError(original as Uint8Array, picture) / 255 ** 2).toFixed(5))),
  );
  const bytes = films.reduce((sum, film) => sum + filmPng(film).length, 0);
  return (
    <TimeMachine
      steps={snapshots.moments.map(({ step }) => step)}
      trainMse={snapshots.moments.map(({ trainMse }) => Number(trainMse.toFixed(5)))}
      epoch={stepsPerEpoch(run)}
      indices={snapshots.indices}
      errors={errors}
      films={`${drawnAddress(run)}/snapshots`}
      kilobytes={Math.ceil(bytes / films.length / 1000)}
    />
  );
}
