import { Button, CopyButton, integer } from "@autoencoder/ui";
import { useState } from "react";
import { type EngineName, engineLabels } from "../../training/engines/engine.ts";
import { software, type Trial, tryEngine } from "./engine-trials.ts";
import styles from "./train.module.css";

/** The assignment's batch; a program in a GPU's place takes minutes for it. */
const batchSize = software ? 16 : 128;

interface Way {
  engine: EngineName;
  workers: number;
}

/** Every way in which this device can train: WASM in one worker and in as many as it has processors, and its GPU. */
function ways(): Way[] {
  const processors = Math.min(4, navigator.hardwareConcurrency || 1);
  const several = processors > 1 ? [{ engine: "wasm", workers: processors } as const] : [];
  const one = (["wasm", "webgl", "webgpu"] as const).map((engine) => ({ engine, workers: 1 }));
  return [one[0] as Way, ...several, ...one.slice(1)];
}

/** Images a second of each engine that this device has: a measurement that any visitor can make. */
export function EngineBench({ running }: { running: boolean }) {
  const [rows, setRows] = useState<readonly (Way & { trial: Trial })[]>([]);
  const [measuring, setMeasuring] = useState<string>();
  const measure = async () => {
    setRows([]);
    for (const way of ways()) {
      setMeasuring(nameOf(way));
      const trial = await tryEngine(way.engine, { workers: way.workers, batchSize });
      setRows((before) => [...before, { ...way, trial }]);
    }
    setMeasuring(undefined);
  };
  const text = [
    `Images a second in training, batches of ${batchSize}, ${new Date().toISOString().slice(0, 10)}`,
    ...rows.map(({ trial, ...way }) => `${nameOf(way)}: ${resultOf(trial)}${trial.device ? `, ${trial.device}` : ""}`),
    navigator.userAgent,
  ].join("\n");
  return (
    <section className={styles.bench} data-testid="bench" data-state={measuring ? "measuring" : "standing"}>
      <h2>How fast this device trains</h2>
      <p>
        Each engine takes a few steps of the assignment’s network on {batchSize} pictures of noise, after one step that
        is compared with known numbers. Close what else computes, and keep this page in front.
      </p>
      <p>
        <Button disabled={running || measuring !== undefined} onClick={() => void measure()}>
          measure
        </Button>
      </p>
      <p aria-live="polite">{measuring ? `Measuring ${measuring} …` : rows.length > 0 && "Measured."}</p>
      <ul className={styles.results}>
        {rows.map(({ trial, ...way }) => (
          <li key={nameOf(way)}>
            <b>{nameOf(way)}</b>{" "}
            {trial.imagesPerSecond !== undefined && (
              <>
                <span className="number">{resultOf(trial)}</span> images a second, computed by{" "}
              </>
            )}
            {trial.refused ?? trial.device}
          </li>
        ))}
      </ul>
      {rows.length > 0 && !measuring && (
        <p>
          <CopyButton text={text} /> The figures as text, with this browser’s name for itself.
        </p>
      )}
    </section>
  );
}

function nameOf({ engine, workers }: Way): string {
  if (engine !== "wasm") return engineLabels[engine];
  return `${engineLabels[engine]}, ${workers === 1 ? "one worker" : `${workers} workers`}`;
}

function resultOf({ imagesPerSecond, refused }: Trial): string {
  return imagesPerSecond === undefined ? (refused ?? "–") : integer(Math.round(imagesPerSecond));
}
