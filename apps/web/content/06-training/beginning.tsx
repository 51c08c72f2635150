import type { CSSProperties } from "react";
import { currentRun } from "../../src/features/run/current-run.ts";
import { drawnAddress } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import styles from "./time-machine.module.css";

/** The digit of the film, and the steps that are shown besides the first and last epoch. */
const [digit, shown] = [2, [0, 10, 50, 200]] as const;

/** What the chapter is about, before a word of how: one digit, as the network paints it in the middle of its training. */
export async function Beginning() {
  const run = await currentRun();
  const films = await api.training.films(run);
  if (!films) return null;
  const { moments, stepsPerEpoch: epoch } = films;
  const last = moments.at(-1)?.step;
  const pictures = moments
    .map(({ step }, at) => ({ step, at }))
    .filter(({ step }) => shown.some((one) => one === step) || step === epoch || step === last);
  return (
    <figure data-figure="beginning">
      <ol className={styles.beginning}>
        {pictures.map(({ step, at }) => (
          <li key={step}>
            <span
              className={styles.picture}
              style={
                {
                  backgroundImage: `url("${drawnAddress(run)}/snapshots/${digit}.png")`,
                  backgroundSize: `${(moments.length + 1) * 100}% 100%`,
                  backgroundPosition: `${((at + 1) / moments.length) * 100}% 0`,
                } satisfies CSSProperties
              }
              role="img"
              aria-label={`test digit ${films.indices[digit]}, rebuilt after ${momentText(step, epoch)}`}
            />
            <small aria-hidden="true">{momentText(step, epoch)}</small>
          </li>
        ))}
      </ol>
      <figcaption>One test digit, as the network paints it after so much training.</figcaption>
    </figure>
  );
}

function momentText(step: number, epoch: number): string {
  if (step === 0) return "0 steps";
  const [count, name] = step % epoch === 0 ? [step / epoch, "epoch"] : [step, "step"];
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
