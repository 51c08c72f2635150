import { Button, fixed, integer } from "@autoencoder/ui";
import type { Frame } from "../../training/messages.ts";
import { settableBias } from "../../training/settings.ts";
import type { LaneState } from "./lane.ts";
import styles from "./train.module.css";

/** Before this step nobody says that a black network stays black: of nine that were followed, five climbed out. */
export const noWayBackFrom = 100;

/** Whether the network prints black now, and whether it can still change that. */
export type Verdict = "black" | "no way back" | undefined;

export function verdictOf({ collapsed, step }: LaneState, newest: Frame | undefined): Verdict {
  if (collapsed !== undefined && step >= noWayBackFrom) return "no way back";
  return newest && newest.step > 0 && newest.meanOutput < 0.01 ? "black" : undefined;
}

export interface StampProps {
  verdict: Verdict;
  frame: Frame | undefined;
  loss: "mse" | "bce";
  meanPixelLogit: number | undefined;
  onBias: (outputBias: number) => void;
  onCrossEntropy: () => void;
  onRedraw: () => void;
}

/** What is said of a network that prints black, and what can be tried once it is certain. */
export function Stamp({ verdict, frame, loss, meanPixelLogit = -1.9, onBias, onCrossEntropy, onRedraw }: StampProps) {
  if (!verdict || !frame) return null;
  if (verdict === "black") {
    return (
      <p className={styles.stamp} data-testid="stamp" data-verdict={verdict}>
        <b>Black, and may still climb out.</b> Some do within sixty steps. The gradient says whether anything pulls: its
        norm is {frame.gradientNorm.toExponential(1).replace("-", "−")}.
      </p>
    );
  }
  const bias = settableBias(meanPixelLogit);
  return (
    <div className={styles.stamp} data-testid="stamp" data-verdict={verdict}>
      <p>
        <b>No way back.</b> For fifty batches, more than all {integer(4000)} pictures, every digit came out as the same
        picture and the gradient’s norm was below 0.000001. What could move the weights now?
      </p>
      <ul>
        <li>
          <Button quiet onClick={() => onBias(bias)}>
            set the output bias to {fixed(bias, 2)}
          </Button>{" "}
          The sums of the pixels that should be ink have a mean of {fixed(frame.inkMean, 0)}. The bias moves them by
          two.
        </li>
        <li>
          <Button quiet unavailable={loss === "bce"} onClick={onCrossEntropy}>
            change to cross-entropy
          </Button>{" "}
          It has no flat sigmoid in its gradient, as long as the logarithm is not cut off. Below sums of about −16 it
          is.
        </li>
        <li>
          <Button quiet onClick={onRedraw}>
            redraw the decoder’s weights
          </Button>{" "}
          Its sums begin near 0 again, where the sigmoid is steep. The encoder keeps what it has.
        </li>
      </ul>
    </div>
  );
}
