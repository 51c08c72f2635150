"use client";
import { createRandom } from "@autoencoder/data";
import { greyPixels, PixelPicture } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeFloats } from "../../src/features/digit/encoding.ts";
import type { CodeSpread } from "./code-spread.ts";

const samplers = {
  standard: "each value from N(0, 1)",
  own: "each value with its own mean and spread",
  together: "all values together, with their covariance",
} as const;

/** Codes at random, three ways, and what the decoder paints of them. */
export function Samplers({ spread }: { spread: CodeSpread }) {
  const { live } = useChapter();
  const [way, setWay] = useState<keyof typeof samplers>("standard");
  const [seed, setSeed] = useState(1);
  const [pictures, setPictures] = useState<Float32Array[]>([]);
  const isLive = live.state.kind === "live";
  useEffect(() => {
    if (!isLive) return;
    const [mean, deviation, lower] = [spread.mean, spread.deviation, spread.lower].map(decodeFloats) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const random = createRandom(seed);
    const codes = Array.from({ length: 8 }, () => {
      const normal = Float32Array.from(mean, () => random.normal());
      if (way === "standard") return normal;
      if (way === "own") return normal.map((value, at) => (mean[at] as number) + value * (deviation[at] as number));
      const width = mean.length;
      return mean.map((value, row) => {
        let sum = value;
        for (let column = 0; column <= row; column++) {
          sum += (lower[row * width + column] as number) * (normal[column] as number);
        }
        return sum;
      });
    });
    let wanted = true;
    const paint = async () => {
      const painted: Float32Array[] = [];
      for (const code of codes) {
        const outcome = await live.client.decode({ latent: code });
        if (!wanted) return;
        if (outcome.ok) painted.push(outcome.value.reconstruction);
      }
      setPictures(painted);
    };
    void paint();
    return () => {
      wanted = false;
    };
  }, [isLive, live.client, spread, way, seed]);
  return (
    <figure className="samplers">
      <fieldset className="segmented" aria-label="How codes are drawn">
        {Object.entries(samplers).map(([name, text]) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === way}
            onClick={() => setWay(name as keyof typeof samplers)}
          >
            {text}
          </button>
        ))}
      </fieldset>
      <div className="sample-row">
        {Array.from({ length: 8 }, (_, at) =>
          pictures[at] ? (
            <PixelPicture key={at} pixels={greyPixels(pictures[at], 28)} label={`decoded sample ${at + 1}`} />
          ) : (
            <span key={at} />
          ),
        )}
      </div>
      <LiveNote />
      <button type="button" className="plain" onClick={() => setSeed(seed + 1)}>
        again
      </button>
    </figure>
  );
}
