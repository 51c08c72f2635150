"use client";
import { layerValues, type MapLayer, mapValues } from "@autoencoder/model";
import {
  ContactSheetFigure,
  isVector,
  LayerCard,
  LazyFold,
  MapPicture,
  mapName,
  mapPixels,
  mapScales,
  stageName,
} from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { DigitOrigin } from "../digit/digits.ts";
import styles from "./stage.module.css";
import { greatestPlace, viewerAddress } from "./view.ts";

export interface StageProps {
  layers: readonly MapLayer[];
  layer: MapLayer;
  /** Where the server drew the digit that the page opens on: `…/LAYER.png`. */
  drawn: string;
  /** The numbers of all layers; undefined until the network is live. */
  activations: Float32Array | undefined;
  origin: DigitOrigin | undefined;
}

/** A layer opened on the strip: what it does, all of its maps, one of them enlarged, and the way to the viewer. */
export function Stage({ layers, layer, drawn, activations, origin }: StageProps) {
  const [asked, setAsked] = useState<{ map: number; row: number; column: number }>();
  const values = activations && layerValues(activations, layer);
  const greatest = useMemo(() => values && greatestPlace(layer, values), [layer, values]);
  const map = Math.min(asked?.map ?? greatest?.channel ?? 0, layer.shape[2] - 1);
  const place = {
    row: Math.min(asked?.row ?? greatest?.row ?? 0, layer.shape[0] - 1),
    column: Math.min(asked?.column ?? greatest?.column ?? 0, layer.shape[1] - 1),
  };
  const own = useMemo(() => values && mapValues(values, layer.shape, map), [values, layer, map]);
  const pixels = useMemo(() => own && mapPixels(layer, own), [layer, own]);
  const value = own?.[place.row * layer.shape[1] + place.column];
  const view = { layer: layer.name, map, ...place, level: "map" } as const;
  return (
    <section className={styles.opened} aria-label={`${stageName(layers, layer)}, opened`} data-stage={layer.name}>
      <p className={styles.name}>
        <b>{stageName(layers, layer)}</b> <code>{layer.name}</code>
      </p>
      <p>{whatItDoes(layer, layers[layer.index - 1])}</p>
      <div className={styles.maps} data-single={layer.shape[2] === 1}>
        {layer.shape[2] > 1 && (
          <ContactSheetFigure
            name={layer.name}
            shape={layer.shape}
            image={`${drawn}/${layer.name}.png`}
            values={values}
            shared={undefined}
            chosen={map}
            dead={none}
            onChoose={(to) => setAsked({ ...place, map: to })}
          />
        )}
        {pixels && !isVector(layer) && (
          <MapPicture
            pixels={pixels}
            label={layer.shape[2] === 1 ? stageName(layers, layer) : `Map ${map} of ${layer.name}`}
            value={value?.toFixed(4) ?? ""}
            row={place.row}
            column={place.column}
            pans
            onMove={(row, column) => setAsked({ map, row, column })}
            className={styles.map}
          />
        )}
      </div>
      <p className="note">
        {layer.shape[2] > 1 && `${mapName(layer, map)}${scaleText(values, layer, map)}. `}
        <a href={viewerAddress(view, origin)}>Open {stageName(layers, layer)} in the viewer</a>
      </p>
      <LazyFold summary="Shape, counts and code">
        <LayerCard layer={layer} />
      </LazyFold>
    </section>
  );
}

const none: ReadonlySet<number> = new Set();

/** From which number to which a map goes. */
function scaleText(values: Float32Array | undefined, layer: MapLayer, map: number): string {
  const scale = values && !isVector(layer) ? mapScales(values, layer.shape)[map] : undefined;
  return scale ? `: from ${scale.low.toFixed(2)} to ${scale.high.toFixed(2)}` : "";
}

/** What a layer does to what it reads, in a sentence. */
function whatItDoes({ spec, shape, part }: MapLayer, from: MapLayer | undefined): string {
  const maps = from && from.shape[2] > 1 ? `all ${from.shape[2]} maps` : "the picture";
  switch (spec.className) {
    case "Conv2D":
      return shape[2] === 1
        ? `One kernel reads ${maps} at every place, and the sigmoid makes a grey of each sum: the rebuilt picture.`
        : `${shape[2]} kernels read ${maps} at every place, and each writes a map of its own.`;
    case "MaxPooling2D":
      return "Of every window of 2 × 2 values only the largest is kept. Each map is halved in both directions.";
    case "UpSampling2D":
      return "Every value is written into a square of 2 × 2. Each map is doubled in both directions, and nothing is added.";
    case "Dense":
      return part === "code"
        ? `Each of these ${shape[2]} numbers is a sum over everything that the encoder found. They are all that the decoder gets.`
        : `Each of these numbers is a sum over the code. They are read as ${shape[2]} maps of ${shape[0]} × ${shape[1]}.`;
    default:
      return "The digit as the network gets it: grey levels between 0 and 1.";
  }
}
