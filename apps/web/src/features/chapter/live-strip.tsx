"use client";
import { type AutoencoderSpec, type MapLayer, mapLayersOf } from "@autoencoder/model";
import { StripCaption, StripFigure } from "@autoencoder/ui";
import { useMemo } from "react";
import { decodeDigit, type EncodedDigit } from "../digit/digits.ts";
import { Stage } from "../layers/lazy.ts";
import { viewerAddress } from "../layers/view.ts";
import { useChapterIfLive } from "./chapter-live.tsx";
import styles from "./live-strip.module.css";

/** The part of the network that a chapter is about. */
export type LitPart = "encoder" | "weights" | "output";

export interface LiveStripProps {
  spec: AutoencoderSpec;
  /** Where the server drew the digit that pages open on. */
  drawn: string;
  first: EncodedDigit;
  part?: LitPart | undefined;
  upright?: boolean | undefined;
}

/** The strip of a chapter; a layer opens beneath it. */
export function LiveStrip({ spec, drawn, first, part, upright }: LiveStripProps) {
  const live = useChapterIfLive()?.live;
  const recorded = useMemo(() => decodeDigit(first), [first]);
  const layers = useMemo(() => mapLayersOf(spec), [spec]);
  const lit = useMemo(() => part && layers.filter(isIn[part]).map(({ name }) => name), [layers, part]);
  const digit = live?.digit ?? recorded;
  const activations = live?.digit?.activations?.values;
  return (
    <div className={`wide ${styles.strip}`} data-part="chapter-strip">
      <StripFigure
        layers={layers}
        drawn={drawn}
        activations={activations}
        latent={digit.latent}
        digit={live?.digit?.pixels}
        lit={lit}
        upright={upright ?? false}
        href={({ name, shape: [row, column] }) =>
          viewerAddress(
            { layer: name, map: 0, row: Math.floor(row / 2), column: Math.floor(column / 2), level: "sheet" },
            digit.origin,
          )
        }
        stage={(layer) => (
          <Stage layers={layers} layer={layer} drawn={drawn} activations={activations} origin={digit.origin} />
        )}
      >
        {part ? <LitCaption part={part} layers={layers} /> : <StripCaption layers={layers} />}
      </StripFigure>
    </div>
  );
}

const isIn: Record<LitPart, (layer: MapLayer, at: number, all: readonly MapLayer[]) => boolean> = {
  encoder: ({ part }) => part === "encoder",
  weights: ({ sizes }) => sizes.weights.length > 0,
  output: ({ index }, _, all) => index === all.length - 1,
};

function LitCaption({ part, layers }: { part: LitPart; layers: readonly MapLayer[] }) {
  const lit = layers.filter(isIn[part]).length;
  switch (part) {
    case "encoder":
      return <>In full light: what this chapter is about, the picture and the encoder’s maps. Each opens at a press.</>;
    case "weights":
      return (
        <>
          In full light: the {lit} layers that have weights to count, of {layers.length}. Each opens at a press.
        </>
      );
    case "output":
      return (
        <>In full light: the last layer, whose sums decide whether the picture is black. Each layer opens at a press.</>
      );
  }
}
