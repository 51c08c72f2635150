import { exampleValidationLoss } from "@autoencoder/model/grading";
import { defaultSample, encodeDigit } from "../../src/features/digit/server-data.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { drawnAddress } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveErrorStrip } from "./lazy.ts";

/** The recorded error of every test digit as a dot, by digit, with the errors that it is held against. */
export async function ErrorStrip() {
  const run = await currentRun();
  const { classes, range } = await api.digits.errorStrip(run);
  const first = encodeDigit(await api.digits.samples(run), defaultSample);
  const ofClass = classes[first.label] ?? [];
  return (
    <LiveErrorStrip
      run={run.name}
      dots={`${drawnAddress(run)}/errors.png`}
      range={range}
      medians={classes.map((sorted) => sorted[Math.floor(sorted.length / 2)]?.mse ?? 0)}
      counts={classes.map(({ length }) => length)}
      levels={[
        { name: "the assignment’s example", mse: exampleValidationLoss },
        { name: `PCA with ${codeSize(run)} numbers`, mse: run.baselines.pca },
      ]
        .filter(({ mse }) => mse < range.high)
        .sort((a, b) => a.mse - b.mse)}
      first={first}
      firstRank={Math.max(
        0,
        ofClass.findIndex(({ index }) => index === first.index),
      )}
      firstError={ofClass.find(({ index }) => index === first.index)?.mse ?? 0}
    />
  );
}
