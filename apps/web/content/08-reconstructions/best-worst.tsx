import { RebuiltDigits } from "../../src/features/chapter/rebuilt-digits.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

/** Best, typical and worst of every class, original above reconstruction. */
export async function BestWorst() {
  const rows = await api.digits.bestTypicalWorst(await currentRun());
  return (
    <figure className="wide">
      {(["best", "typical", "worst"] as const).map((name, at) => (
        <section key={name} aria-label={name} data-part={name}>
          <h3>{name}</h3>
          <RebuiltDigits digits={rows.flatMap((row) => row[at] ?? [])} />
        </section>
      ))}
      <figcaption>
        Of each class the test digits with the least, the middle and the greatest MSE, as the trainer recorded it.
      </figcaption>
    </figure>
  );
}
