import { kernelPicture, type LayerArithmetic, type MapLayer } from "@autoencoder/model";
import { greatestSize, PixelPicture, type Pixels8, signedPixels } from "@autoencoder/ui";
import { useMemo, useRef } from "react";
import { useCentred } from "../../shared/sideways.ts";
import styles from "./layer-machine.module.css";

export interface KernelRowProps {
  /** Undefined until the layer's weights are there. */
  arithmetic: LayerArithmetic | undefined;
  layer: MapLayer;
  /** The map that is read: of each kernel its slice for that map is shown. */
  channel: number;
  chosen: number;
  onChoose: (map: number) => void;
}

/** All kernels of a convolution as pictures, to choose from: teal weights add, vermilion ones take away. */
export function KernelRow({ arithmetic, layer, channel, chosen, onChoose }: KernelRowProps) {
  const maps = layer.shape[2];
  const slices = useMemo(() => slicesOf(arithmetic, channel), [arithmetic, channel]);
  const row = useRef<HTMLFieldSetElement>(null);
  useCentred(row, "[aria-pressed='true']", chosen, { stays: true });
  return (
    <fieldset ref={row} className={styles.kernels} aria-label={`The ${maps} kernels of ${layer.name}`}>
      {Array.from({ length: maps }, (_, map) => (
        <button
          key={map}
          type="button"
          aria-label={`kernel ${map}`}
          aria-pressed={map === chosen}
          onClick={() => onChoose(map)}
        >
          {slices?.[map] && <PixelPicture pixels={slices[map]} label="" className={styles.kernel} />}
        </button>
      ))}
    </fieldset>
  );
}

/** Of every kernel its weights on one map, on one scale for all; undefined until the weights are there. */
function slicesOf(arithmetic: LayerArithmetic | undefined, channel: number): Pixels8[] | undefined {
  if (!arithmetic) return undefined;
  const maps = arithmetic.layer.shape[2];
  const slices = Array.from({ length: maps }, (_, map) => kernelPicture(arithmetic, map, channel));
  const greatest = Math.max(...slices.map(({ values }) => greatestSize(values)));
  return slices.map(({ values, width }) => signedPixels(values, width, greatest));
}
