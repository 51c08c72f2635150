import { Button, NamedButton } from "@autoencoder/ui";
import styles from "./train.module.css";

export interface TransportProps {
  running: boolean;
  /** Whether a training is there to be moved. */
  ready: boolean;
  seed: number;
  onRun: () => void;
  onPause: () => void;
  onStep: () => void;
  onEpoch: () => void;
  /** Back to the same initial weights. */
  onStart: () => void;
  /** Another seed. */
  onDice: () => void;
}

/** Run, pause, one step, one epoch, back to the start, dice: a key each. */
export function Transport({ running, ready, seed, onRun, onPause, onStep, onEpoch, onStart, onDice }: TransportProps) {
  return (
    <div role="toolbar" aria-label="The training" className={styles.transport} data-testid="transport">
      <NamedButton
        className={styles.run}
        names={["▶ run", "❚❚ pause"]}
        name={running ? "❚❚ pause" : "▶ run"}
        onClick={running ? onPause : onRun}
      />
      <Button quiet disabled={!ready} aria-label="One step" onClick={onStep}>
        <span className={styles.wordy}>one </span>step
      </Button>
      <Button quiet disabled={!ready} aria-label="One epoch" onClick={onEpoch}>
        <span className={styles.wordy}>one </span>epoch
      </Button>
      <Button quiet disabled={!ready} aria-label="Back to the start" onClick={onStart}>
        |◀<span className={styles.wordy}> back to the start</span>
      </Button>
      <Button quiet aria-label={`Another seed than ${seed}`} onClick={onDice}>
        ⚄<span className={styles.wordy}> seed</span> <span className="number">{seed}</span>
      </Button>
    </div>
  );
}
