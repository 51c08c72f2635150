import { fixed } from "@autoencoder/ui";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import styles from "./best-worst.module.css";

type RebuiltTestDigit = ApiAnswers["digits"]["bestTypicalWorst"][number][number];

/** Best, typical and worst of every class, original above reconstruction. */
export async function BestWorst() {
  const rows = await api.digits.bestTypicalWorst(await currentRun());
  return (
    <figure className={`wide ${styles.figure}`}>
      {(["best", "typical", "worst"] as const).map((name, at) => (
        <section key={name} aria-label={name} data-part={name}>
          <h3>{name}</h3>
          <ul>
            {rows.map((row, label) => {
              const { index, mse, pixels, reconstruction } = row[at] as RebuiltTestDigit;
              return (
                <li key={label}>
                  <StillPicture pixels={pixels} label={`test digit ${index}, a ${label}`} />
                  <StillPicture pixels={reconstruction} label="its reconstruction" />
                  <small className="number">{fixed(mse)}</small>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <figcaption>
        Of each class the test digits with the least, the middle and the greatest MSE, as the trainer recorded it.
      </figcaption>
    </figure>
  );
}
