import { fixed, Toggle } from "@autoencoder/ui";
import { useState } from "react";
import { frameAt, type LaneState } from "./lane.ts";
import styles from "./train.module.css";
import { noWayBackFrom } from "./verdict.tsx";

const sides = ["yours", "the one beside it"] as const;

/** Which of two trainings will rebuild the digits better? The reader says so before it is seen. */
export function Bet({ states }: { states: readonly LaneState[] }) {
  const [bet, setBet] = useState<(typeof sides)[number]>();
  const step = Math.min(...states.map((state) => state.step));
  const errors = states.map((state) => frameAt(state, noWayBackFrom)?.mse ?? Number.NaN);
  const done = step >= noWayBackFrom;
  const [left = Number.NaN, right = Number.NaN] = errors;
  const winner = left === right ? undefined : sides[left < right ? 0 : 1];
  return (
    <div className={styles.bet} data-testid="bet">
      <span>Which one rebuilds the ten digits better after {noWayBackFrom} steps?</span>
      <Toggle
        label="Your bet"
        options={sides}
        value={bet}
        onChoose={(side) => done || setBet(side)}
        isDisabled={() => done}
      />
      <p aria-live="polite">
        {done && (
          <>
            Mean squared error <b className="number">{fixed(left)}</b> and <b className="number">{fixed(right)}</b>.{" "}
            {bet &&
              (winner === undefined
                ? "Nobody wins: they are the same."
                : bet === winner
                  ? "You were right."
                  : "It is the other one.")}
          </>
        )}
      </p>
    </div>
  );
}
