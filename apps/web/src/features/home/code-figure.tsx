"use client";
import { Button, fixed, PulledCode, Slider, signed } from "@autoencoder/ui";
import { useState } from "react";
import type { CodeEnds } from "../digit/use-strongest-value.ts";
import styles from "./home.module.css";
import type { PulledDigit } from "./use-pulled-code.ts";

export interface CodeFigureProps {
  /** [latent] as the encoder made it; undefined while there is no digit. */
  latent: Float32Array | undefined;
  count: number;
  ends: CodeEnds;
  pulled: PulledDigit;
}

/** The code between encoder and decoder: bars to pull, and a slider for the one that is chosen. */
export function CodeFigure({ latent, count, ends, pulled }: CodeFigureProps) {
  const { strongest, code, pull, reset, isPulled } = pulled;
  const [chosen, setChosen] = useState<number>();
  const selected = chosen ?? strongest?.index ?? 0;
  const value = code?.[selected];
  const scale = [least(ends.low), greatest(ends.high)] as const;
  const known = chosen !== undefined || strongest !== undefined;
  return (
    <div className={styles.code}>
      <p className={styles.codeHead}>
        <b className={styles.latentWord}>{count} numbers</b>
        <span>all that the decoder gets</span>
      </p>
      <PulledCode
        latent={latent}
        pulled={code}
        count={count}
        ends={scale}
        selected={selected}
        marked={strongest?.index}
        onSelect={setChosen}
        onPull={pull}
        className={styles.chart}
      />
      <div className={styles.pull}>
        <Slider
          label={
            <>
              {known ? (
                <>
                  Pull value {selected}: <b className="number">{value === undefined ? "–" : signed(value, 2)}</b>
                </>
              ) : (
                "Pull a value"
              )}{" "}
              <small>{hint(selected, strongest, known)}</small>
            </>
          }
          min={ends.low[selected]}
          max={ends.high[selected]}
          step="any"
          value={value ?? 0}
          disabled={value === undefined}
          onChoose={(to) => pull(selected, to)}
          data-part="pull"
        />
        <Button quiet disabled={!isPulled} onClick={reset}>
          all back
        </Button>
      </div>
    </div>
  );
}

/** What is said beside the chosen value. */
function hint(selected: number, strongest: PulledDigit["strongest"], known: boolean): string {
  if (!known) return "looking for the one that changes this digit most";
  if (!strongest) return "";
  if (selected === strongest.index)
    return `this one changes this digit most: by up to ${fixed(255 * Math.sqrt(strongest.mse), 0)} of 255 grey levels`;
  return `value ${strongest.index} changes this digit most`;
}

function least(values: Float32Array): number {
  return values.reduce((low, value) => Math.min(low, value), 0);
}

function greatest(values: Float32Array): number {
  return values.reduce((high, value) => Math.max(high, value), 0);
}
