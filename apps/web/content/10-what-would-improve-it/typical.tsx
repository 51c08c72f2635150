import { RebuiltDigits } from "../../src/features/chapter/rebuilt-digits.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

/** What the run rebuilds: of each class the test digit with the middle error. */
export async function Typical() {
  const rows = await api.digits.bestTypicalWorst(await currentRun());
  return (
    <figure data-part="typical">
      <RebuiltDigits digits={rows.flatMap(([, typical]) => typical ?? [])} />
      <figcaption>
        Of each class the test digit with the middle MSE. Each stands above its reconstruction, with its error.
      </figcaption>
    </figure>
  );
}
