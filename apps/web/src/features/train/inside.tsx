import { type AutoencoderSpec, filmBins, filmLayers, layerValues, mapLayersOf } from "@autoencoder/model";
import {
  exponential,
  LiveMaps,
  PixelPicture,
  Scroll,
  SumsHistogram,
  stripOf,
  stripPixels,
  stripScales,
  Toggle,
  uprightOf,
} from "@autoencoder/ui";
import { useMemo } from "react";
import type { Frame } from "../../training/messages.ts";
import styles from "./train.module.css";
import { useNarrow } from "./use-narrow.ts";

/** Every number that the network makes for one watched digit at a step, one pixel each. */
export function Inside({ frame, spec }: { frame: Frame; spec: AutoencoderSpec }) {
  const narrow = useNarrow();
  const layers = useMemo(() => mapLayersOf(spec), [spec]);
  const { inside } = frame;
  const pixels = useMemo(() => {
    if (!inside) return undefined;
    const numbers = new Float32Array(inside.bytes.length);
    for (const layer of layers) {
      const low = inside.least[layer.index] as number;
      const range = (inside.greatest[layer.index] as number) - low;
      const own = layerValues(numbers, layer);
      for (let at = 0; at < own.length; at++)
        own[at] = low + ((inside.bytes[layer.offset + at] as number) / 255) * range;
    }
    return stripPixels(narrow ? uprightOf(layers) : stripOf(layers), numbers, stripScales(layers, numbers));
  }, [inside, layers, narrow]);
  if (!pixels)
    return <p className={styles.note}>The maps are kept from the next frame on: run the training, or take a step.</p>;
  return (
    <Scroll label="All maps of one digit">
      <PixelPicture
        pixels={pixels}
        label={`every number of the network for the first watched digit after step ${frame.step}, one pixel each`}
        className={narrow ? styles.upright : styles.strip}
      />
    </Scroll>
  );
}

/** The sums that enter the sigmoid at the watched digits, and which of the last maps live. */
export function Sums({ frame, title }: { frame: Frame; title: string | undefined }) {
  const { from, to } = filmBins;
  return (
    <section className={styles.sums} data-testid="sums" aria-label={title ?? "The sums that enter the sigmoid"}>
      {title && <b>{title}</b>}
      <SumsHistogram name="pixels that should be ink" counts={frame.ink} mean={frame.inkMean} {...{ from, to }} />
      <SumsHistogram name="pixels that should be black" counts={frame.black} mean={frame.blackMean} {...{ from, to }} />
      <LiveMaps live={frame.live} />
    </section>
  );
}

/** The gradient's norm of each layer, on a logarithmic scale from 10⁻¹² to 10. */
export function GradientNorms({ frame, spec }: { frame: Frame; spec: AutoencoderSpec }) {
  const layers = useMemo(() => filmLayers(spec), [spec]);
  if (frame.norms.length === 0) return <p className={styles.note}>Before the first step there is no gradient.</p>;
  const part = (norm: number) => Math.min(1, Math.max(0, (Math.log10(Math.max(norm, 1e-12)) + 12) / 13));
  return (
    <ol className={styles.norms} data-testid="norms">
      {layers.map(({ layer }, at) => {
        const norm = frame.norms[at] as number;
        return (
          <li key={layer.name}>
            <span>{layer.name}</span>
            <i aria-hidden="true" style={{ "--part": part(norm) } as React.CSSProperties} />
            <span className="number">{exponential(norm, 1)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What can be opened beneath the digits; each is computed only while it is open. */
export const views = ["loss", "sums", "gradients", "maps", "plane"] as const;
export type View = (typeof views)[number];

const viewNames: Record<View, string> = {
  loss: "loss",
  sums: "sums",
  gradients: "gradients",
  maps: "all maps",
  plane: "the plane",
};

export function ViewChoice({ view, latent, onChoose }: { view: View; latent: number; onChoose: (view: View) => void }) {
  return (
    <Toggle
      label="Look inside"
      options={views.filter((one) => one !== "plane" || latent === 2)}
      value={view}
      onChoose={onChoose}
      name={(one) => viewNames[one]}
      className={styles.views}
    />
  );
}
