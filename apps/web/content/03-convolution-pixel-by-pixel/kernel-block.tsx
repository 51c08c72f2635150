"use client";
import { kernelPicture, mapLayerNamed } from "@autoencoder/model";
import { greatestSize, PixelPicture, SignedLegend, signedPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import figure from "../../src/features/chapter/value-figure.module.css";
import { MapSteps } from "../../src/features/layers/map-controls.tsx";
import { sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./kernel-block.module.css";

/** One kernel of a convolution as the block it is: a square of weights for every channel that it reads, and one bias. */
export function KernelBlock({ layer: name }: { layer: string }) {
  const { live, layers } = useChapter();
  const layer = mapLayerNamed(layers, name);
  const from = mapLayerNamed(layers, layers[layer.index - 1]?.name ?? "");
  const [map, setMap] = useState(0);
  const ask = useMemo(
    () => (live.state.kind === "live" ? () => live.client.weights(name) : undefined),
    [live.client, live.state.kind, name],
  );
  const { value, result } = useAsk(ask);
  const channels = from.shape[2];
  const pictures = useMemo(() => {
    if (!value) return undefined;
    return Array.from({ length: channels }, (_, channel) =>
      kernelPicture({ layer, from, kernel: value.kernel }, map, channel),
    );
  }, [value, layer, from, map, channels]);
  const range = pictures ? Math.max(...pictures.map(({ values }) => greatestSize(values))) : 1;
  return (
    <figure data-testid="kernel-block">
      <div className={figure.head}>
        <b>kernel {map}</b> of <code>{name}</code>
        <span>
          <MapSteps name="kernel" chosen={map} maps={layer.shape[2]} onChoose={setMap} />
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
            numbers make one feature map; <code>{name}</code> has {layer.shape[2]} such blocks.{" "}
            <SignedLegend range={range} />
          </>
        )}
      </figcaption>
    </figure>
  );
}
