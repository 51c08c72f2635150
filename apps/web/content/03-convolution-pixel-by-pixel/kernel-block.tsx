"use client";
import { kernelPicture, mapLayerNamed } from "@autoencoder/model";
import { greatestSize, PixelPicture, SignedLegend, signedPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import figure from "../../src/features/chapter/value-figure.module.css";
import { Step } from "../../src/features/layers/map-controls.tsx";
import { sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./kernel-block.module.css";

/** One kernel of a convolution as the block it is: a square of weights for every channel that it reads, and one bias. */
export function KernelBlock({ layer }: { layer: string }) {
  const { live, stages } = useChapter();
  const stage = mapLayerNamed(stages, layer);
  const from = mapLayerNamed(stages, stages[stage.index - 1]?.name ?? "");
  const [map, setMap] = useState(0);
  const ask = useMemo(
    () => (live.state.kind === "live" ? () => live.client.weights(layer) : undefined),
    [live.client, live.state.kind, layer],
  );
  const { value, result } = useAsk(ask);
  const channels = from.shape[2];
  const pictures = useMemo(() => {
    if (!value) return undefined;
    return Array.from({ length: channels }, (_, channel) =>
      kernelPicture({ layer: stage, from, kernel: value.kernel }, map, channel),
    );
  }, [value, stage, from, map, channels]);
  const range = pictures ? Math.max(...pictures.map(({ values }) => greatestSize(values))) : 1;
  const maps = stage.shape[2];
  return (
    <figure data-testid="kernel-block">
      <div className={figure.head}>
        <b>kernel {map}</b> of <code>{layer}</code>
        <span>
          <Step label="previous kernel" onClick={() => setMap((map - 1 + maps) % maps)}>
            ‹
          </Step>
          <Step label="next kernel" onClick={() => setMap((map + 1) % maps)}>
            ›
          </Step>
        </span>
      </div>
      <div className={styles.slices}>
        {Array.from({ length: channels }, (_, channel) => {
          const picture = pictures?.[channel];
          return picture ? (
            <PixelPicture
              key={channel}
              pixels={signedPixels(picture.values, picture.width, range)}
              label={`weights for map ${channel}`}
            />
          ) : (
            <span key={channel} />
          );
        })}
      </div>
      <LiveNote />
      <figcaption>
        {sentenceOf(result) ?? (
          <>
            <span className="number" data-part="count">
              {channels} × 9 + 1 = {channels * 9 + 1}
            </span>{" "}
            numbers make one feature map; <code>{layer}</code> has {maps} such blocks. <SignedLegend range={range} />
          </>
        )}
      </figcaption>
    </figure>
  );
}
