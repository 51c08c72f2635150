import { Button, integer, Toggle } from "@autoencoder/ui";
import { useState } from "react";
import { useStored } from "../../shared/storage.ts";
import { type EngineName, engineLabels } from "../../training/engines/engine.ts";
import { holding, keepTrials, keptTrials, type Trial, tryEngine } from "./engine-trials.ts";
import styles from "./train.module.css";
import type { Lanes } from "./use-lanes.ts";

export interface EngineChoiceProps {
  trainings: Pick<Lanes, "engine" | "changeEngine" | "states">;
  running: boolean;
  batchSize: number;
}

/** What computes the training: WASM, or this device's GPU once it has shown that it computes rightly. */
export function EngineChoice({ trainings, running, batchSize }: EngineChoiceProps) {
  const { engine, changeEngine, states } = trainings;
  const [trying, setTrying] = useState<EngineName>();
  const trials = holding(useStored(keptTrials));
  const tryGpu = async () => {
    const found: Trial[] = [];
    for (const engine of ["webgpu", "webgl"] as const) {
      setTrying(engine);
      found.push(await tryEngine(engine, { workers: 1, batchSize }));
      keepTrials(found);
    }
    setTrying(undefined);
  };
  const speed = new Map(trials.map((trial) => [trial.engine, trial.imagesPerSecond]));
  const now = states[0]?.at?.imagesPerSecond;
  const nameOf = (one: EngineName) => {
    const known = one === engine ? (now ?? speed.get(one)) : speed.get(one);
    return known === undefined ? engineLabels[one] : `${engineLabels[one]} (${integer(Math.round(known))} images/s)`;
  };
  const usable: EngineName[] = ["wasm", ...trials.flatMap((one) => (one.refused === undefined ? [one.engine] : []))];
  const options = usable.includes(engine) ? usable : [...usable, engine];
  return (
    <section className={styles.engine} aria-label="Engine" data-testid="engine" data-engine={engine}>
      <div className={styles.choice}>
        <span aria-hidden="true">Engine</span>
        <div className={styles.beside}>
          <Toggle
            label="Engine"
            value={engine}
            options={options}
            onChoose={(one) => one !== engine && changeEngine(one)}
            name={nameOf}
            isDisabled={() => running || trying !== undefined}
          />
          <Button quiet unavailable={running || trying !== undefined} onClick={() => void tryGpu()}>
            try this device’s GPU
          </Button>
        </div>
      </div>
      <div className={styles.said} aria-live="polite">
        {trying && <p>Trying {engineLabels[trying]}: its first steps take some seconds …</p>}
        {!trying && running && <p>Pause the training to try or to change its engine.</p>}
        {!trying &&
          trials.map(({ engine, device, refused }) => (
            <p key={engine} data-part={engine}>
              {refused ?? `${engineLabels[engine]} took a training step rightly here, on ${device}.`}
            </p>
          ))}
      </div>
      <p className={styles.note}>
        Another engine goes on from where the training stands. Only on WASM are a training’s bits the same on every
        machine: each GPU rounds in its own way. <a href="/train?bench">Measure all engines</a>.
      </p>
    </section>
  );
}
