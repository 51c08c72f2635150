"use client";
import { Button, Slider, signed, Tile, Tiles } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeFloats } from "../../src/features/digit/encoding.ts";
import styles from "./keypad.module.css";
import { useDecoded } from "./use-decoded.ts";

const none: Record<number, number> = {};

export interface LiveKeypadProps {
  /** Of each value of the code its mean over the test digits, and its 1st and 99th percentile: float32 in base64. */
  spread: { mean: string; low: string; high: string };
}

/** The code as a keypad: choose a value, move it, and the decoder paints what it makes of it. */
export function LiveKeypad({ spread }: LiveKeypadProps) {
  const { live } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [mean, low, high] = useMemo(
    () => [spread.mean, spread.low, spread.high].map(decodeFloats) as [Float32Array, Float32Array, Float32Array],
    [spread],
  );
  const [moved, setMoved] = useState<{ of: Float32Array; values: Record<number, number> }>();
  const [chosen, setChosen] = useState(0);
  const changes = moved?.of === digit.latent ? moved.values : none;
  const latent = useMemo(() => digit.latent.map((value, at) => changes[at] ?? value), [digit.latent, changes]);
  const picture = useDecoded(live.client, live.state.kind === "live", latent, digit.reconstruction);
  const value = latent[chosen] as number;
  const set = (to: number) => setMoved({ of: digit.latent, values: { ...changes, [chosen]: to } });
  return (
    <figure data-testid="keypad">
      <Tiles className={styles.tiles}>
        <Tile pixels={digit.reconstruction} name="rebuilt" />
        <Tile pixels={picture} name="with your code" />
      </Tiles>
      <div className={styles.keypad} role="toolbar" aria-label="The values of the code">
        {Array.from(latent, (own, at) => {
          const size = (Math.min(1, Math.abs(own) / (own < 0 ? -(low[at] as number) : (high[at] as number))) || 0) * 50;
          return (
            <button
              key={at}
              type="button"
              aria-pressed={at === chosen}
              aria-label={`value ${at + 1}: ${signed(own, 2)}`}
              data-moved={at in changes}
              onClick={() => setChosen(at)}
            >
              <span style={{ height: `${size}%`, [own < 0 ? "top" : "bottom"]: "50%" }} />
            </button>
          );
        })}
      </div>
      <Slider
        label={
          <>
            value {chosen + 1}: <b className="number">{signed(value, 2)}</b>{" "}
            <small>
              (1st to 99th percentile of the test digits; their mean is {signed(mean[chosen] as number, 2)})
            </small>
          </>
        }
        min={low[chosen]}
        max={high[chosen]}
        step="any"
        value={value}
        onChoose={set}
      />
      <LiveNote />
      <Button onClick={() => setMoved(undefined)}>all back</Button>
    </figure>
  );
}
