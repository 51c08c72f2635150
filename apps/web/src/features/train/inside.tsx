import { type AutoencoderSpec, filmBins, filmLayers, layerValues, mapLayersOf } from "@autoencoder/model";
import {
  codeBarsPath,
  exponential,
  fixed,
  LiveMaps,
  PixelPicture,
  Scroll,
  SignedLegend,
  SumsHistogram,
  signedPixels,
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
  const strip = useMemo(() => (narrow ? uprightOf(layers) : stripOf(layers)), [narrow, layers]);
  const drawn = useMemo(() => {
    if (!inside) return undefined;
    const numbers = new Float32Array(inside.bytes.length);
    for (const layer of layers) {
      const low = inside.least[layer.index] as number;
      const range = (inside.greatest[layer.index] as number) - low;
      const own = layerValues(numbers, layer);
      for (let at = 0; at < own.length; at++)
        own[at] = low + ((inside.bytes[layer.offset + at] as number) / 255) * range;
    }
    return { numbers, pixels: stripPixels(strip, numbers, stripScales(layers, numbers)) };
  }, [inside, layers, strip]);
  if (!drawn)
    return <p className={styles.note}>The maps are kept from the next frame on: run the training, or take a step.</p>;
  const code = strip.blocks.find(({ layer }) => layer.part === "code");
  return (
    <>
      <Scroll label="All maps of one digit">
        <div className={narrow ? styles.upright : styles.strip}>
          <PixelPicture
            pixels={drawn.pixels}
            label={`every number of the network for the first watched digit after step ${frame.step}`}
          />
          {code && !narrow && (
            <svg
              aria-hidden="true"
              viewBox={`0 0 ${code.width} ${strip.height}`}
              style={{ left: `${(code.x / strip.width) * 100}%`, top: 0 }}
            >
              <path
                d={codeBarsPath(layerValues(drawn.numbers, code.layer), {
                  width: code.width,
                  height: strip.height,
                  gap: 0.5,
                })}
              />
            </svg>
          )}
        </div>
      </Scroll>
      <p className={styles.note}>
        Every number that the network makes for the first digit: from the picture through the maps and the code to what
        is painted. {!narrow && "The bars are the code."}
      </p>
    </>
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

/** The kernels of the first convolution, which reads the picture, and of the last one, which paints it. */
export function Kernels({ frame, spec }: { frame: Frame; spec: AutoencoderSpec }) {
  const { first, last } = frame.kernels;
  const firstName = spec.encoder.layers.find(({ className }) => className === "Conv2D")?.name;
  return (
    <div data-testid="kernels">
      <KernelTiles name={`${firstName}: what each map looks for in the picture`} kernels={first} />
      <KernelTiles name={`${spec.decoder.layers.at(-1)?.name}: what each map adds to the picture`} kernels={last} />
      <p className={styles.note}>
        Nine weights each, on one scale a layer. They begin as chance has drawn them, and change little: what matters is
        how.
      </p>
    </div>
  );
}

/** @param kernels [3 × 3 × count] */
function KernelTiles({ name, kernels }: { name: string; kernels: Float32Array }) {
  const count = kernels.length / 9;
  const greatest = kernels.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return (
    <section className={styles.kernels} aria-label={name}>
      <b>{name}</b>
      <div>
        {Array.from({ length: count }, (_, at) => (
          <PixelPicture
            key={at}
            pixels={signedPixels(
              Float32Array.from({ length: 9 }, (_, place) => kernels[place * count + at] as number),
              3,
              greatest,
            )}
            label={at === 0 ? `${count} kernels of three by three weights, the greatest ${fixed(greatest, 2)}` : ""}
          />
        ))}
      </div>
      <SignedLegend range={greatest} />
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
export const views = ["loss", "sums", "gradients", "maps", "kernels", "slow", "plane"] as const;
export type View = (typeof views)[number];

const viewNames: Record<View, string> = {
  loss: "loss",
  sums: "sums",
  gradients: "gradients",
  maps: "all maps",
  kernels: "kernels",
  slow: "slow motion",
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
