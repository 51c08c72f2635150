"use client";
import { Button, greyPixels, PixelPicture, Toggle } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { useChapter, WithLiveNote } from "../../src/features/chapter/chapter-live.tsx";
import { decodeFloats } from "../../src/features/digit/encoding.ts";
import { fetchFloats } from "../../src/shared/fetch-numbers.ts";
import { randomCodes, type Way } from "../../src/shared/random-codes.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./samplers.module.css";

const samplers = {
  standard: "each value from N(0, 1)",
  own: "each value with its own mean and spread",
  covariance: "all values together, with their covariance",
} as const satisfies Record<Way, string>;
/** How many codes are drawn. */
const count = 8;

export interface LiveSamplersProps {
  /** Of each value of the code, over the test digits: float32 in base64. */
  mean: string;
  deviation: string;
  /** Address of the lower triangle L with L·Lᵀ = covariance, [width × width] of float32. */
  factor: string;
}

/** Codes at random, three ways, and what the decoder paints of them. */
export function LiveSamplers({ mean, deviation, factor }: LiveSamplersProps) {
  const { live } = useChapter();
  const [way, setWay] = useState<Way>("standard");
  const [seed, setSeed] = useState(1);
  const isLive = live.state.kind === "live";
  const ask = useMemo(() => {
    if (!isLive) return undefined;
    return (signal: AbortSignal) =>
      attempt(async () => {
        const triangle = way === "covariance" ? await fetchFloats(factor) : undefined;
        const spread = { way, mean: decodeFloats(mean), deviation: decodeFloats(deviation), triangle };
        const painted: Float32Array[] = [];
        for (const latent of randomCodes(seed, count, spread)) {
          const decoded = await live.client.decode({ latent }, { signal });
          if (decoded.ok) painted.push(decoded.value.reconstruction);
        }
        return painted;
      });
  }, [isLive, live.client, mean, deviation, factor, way, seed]);
  const { value: pictures = [], result } = useAsk(ask);
  const problem = sentenceOf(result);
  return (
    <figure>
      <Toggle
        label="How codes are drawn"
        options={Object.keys(samplers) as Way[]}
        value={way}
        onChoose={setWay}
        name={(name) => samplers[name]}
        className={styles.toggle}
      />
      <div className={styles.samples} data-testid="samples">
        {Array.from({ length: count }, (_, at) =>
          pictures[at] ? (
            <PixelPicture key={at} pixels={greyPixels(pictures[at])} label={`decoded sample ${at + 1}`} />
          ) : (
            <span key={at} />
          ),
        )}
      </div>
      {problem && <p role="alert">The covariance did not load: {problem}</p>}
      <WithLiveNote>
        <Button onClick={() => setSeed(seed + 1)}>again</Button>
      </WithLiveNote>
    </figure>
  );
}
