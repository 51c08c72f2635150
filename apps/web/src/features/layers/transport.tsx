import { Button, NamedButton, Slider } from "@autoencoder/ui";
import type { ReactNode } from "react";
import styles from "./transport.module.css";
import type { useRunning } from "./use-running.ts";

export interface TransportProps {
  /** How many places there are to walk over. */
  count: number;
  /** Where the walk stands, from 0. */
  position: number;
  running: ReturnType<typeof useRunning>;
  /** What the fast walk is called; left out where there is none. */
  fast?: string;
  label: ReactNode;
  /** The place and what stands there, for those who do not see it. */
  valueText: string;
  onStep: (position: number) => void;
}

/** The means to walk over the places of a layer: step by step, slowly, fast, or with a slider. */
export function Transport({ count, position, running, fast, label, valueText, onStep }: TransportProps) {
  return (
    <div className={styles.transport}>
      <Button quiet aria-label="To the first place" onClick={() => onStep(0)}>
        «
      </Button>
      <Button quiet aria-label="One place back" onClick={() => onStep(Math.max(0, position - 1))}>
        ◀
      </Button>
      <Button quiet aria-label="One place on" onClick={() => onStep(Math.min(count - 1, position + 1))}>
        ▶
      </Button>
      <NamedButton
        quiet
        className={styles.run}
        names={["slowly", "stop"]}
        name={running.speed === "slow" ? "stop" : "slowly"}
        onClick={() => running.toggle("slow", position)}
      />
      {fast && (
        <NamedButton
          quiet
          className={styles.run}
          names={[fast, "stop"]}
          name={running.speed === "fast" ? "stop" : fast}
          onClick={() => running.toggle("fast", position)}
        />
      )}
      <Slider
        label={label}
        min={0}
        max={count - 1}
        step={1}
        value={position}
        aria-valuetext={valueText}
        onChoose={onStep}
      />
    </div>
  );
}
