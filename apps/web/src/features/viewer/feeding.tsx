"use client";
import { type Cells, cellsRead, type MapInputs, type MapLayer, mapValues } from "@autoencoder/model";
import {
  fixed,
  greatestSize,
  isVector,
  layerScale,
  MarkedPicture,
  mapName,
  PixelPicture,
  type Pixels8,
  SignedLegend,
  scaledPixels,
  signed,
  signedPixels,
} from "@autoencoder/ui";
import { useMemo } from "react";
import legend from "../layers/legend.module.css";
import styles from "./feeding.module.css";

export interface FeedingProps {
  layer: MapLayer;
  from: MapLayer;
  /** The numbers of the layer before. */
  values: Float32Array;
  inputs: MapInputs;
  /** The chosen value of the map: what it reads is framed. */
  place: { row: number; column: number };
  onGo: (map: number) => void;
}

const shownInputs = 8;

/** The maps that feed the chosen one, the largest contribution first, each with its kernel; and the sums before the activation. */
export function Feeding(props: FeedingProps) {
  const { layer, from, inputs } = props;
  const rest = inputs.inputs.slice(shownInputs);
  const kernelRange = Math.max(...inputs.inputs.map(({ kernel }) => greatestSize(kernel.values)));
  return (
    <section className={styles.feeding} aria-label="What feeds this map">
      <SumsAndBias inputs={inputs} width={layer.shape[1]} />
      <p>
        {inputs.inputs.length} {isVector(from) ? "values" : "maps"} of <code>{from.name}</code> feed it; by mean
        contribution{isVector(layer) ? "" : ". The chosen value reads what is framed"}:
      </p>
      <Feeders {...props} kernelRange={kernelRange} />
      <p className="note">
        Kernels: teal adds, vermilion takes away; full colour is ±{fixed(kernelRange, 3)}.
        {rest.length > 0 &&
          ` ${rest.length} more add ±${fixed(
            rest.reduce((sum, { meanSize }) => sum + meanSize, 0),
            3,
          )} between them.`}
      </p>
    </section>
  );
}

function SumsAndBias({ inputs: { preActivation, biases }, width }: { inputs: MapInputs; width: number }) {
  const greatest = greatestSize(preActivation);
  return (
    <div className={styles.sums}>
      {preActivation.length > 1 && (
        <figure>
          <PixelPicture
            pixels={signedPixels(preActivation, width, greatest)}
            label="the sums before the activation, bias included"
            className={styles.smallMap}
          />
          <figcaption>
            before the activation <SignedLegend range={greatest} className={legend.legend} />
          </figcaption>
        </figure>
      )}
      <p>
        {biases.length === 1 ? (
          <>
            bias <span className="number">{signed(biases[0] as number, 4)}</span>
            {preActivation.length > 1 && ", the same everywhere"}
          </>
        ) : (
          <>a bias of its own at each of {biases.length} positions</>
        )}
      </p>
    </div>
  );
}

function Feeders({ layer, from, values, inputs, place, kernelRange, onGo }: FeedingProps & { kernelRange: number }) {
  const vector = isVector(from);
  const read: Cells | undefined = isVector(layer)
    ? undefined
    : cellsRead(layer, from, { rows: [place.row], columns: [place.column] });
  const scale = useMemo(() => layerScale(from, values), [from, values]);
  return (
    <ol className={styles.feeders}>
      {inputs.inputs.slice(0, shownInputs).map(({ channel, meanSize, total, kernel }) => (
        <li key={channel}>
          <button type="button" onClick={() => onGo(channel)}>
            {vector ? (
              <span className="number">{fixed(values[channel] as number, 2)}</span>
            ) : (
              <FeederMap
                pixels={scaledPixels(mapValues(values, from.shape, channel), from.shape[1], scale)}
                read={read}
              />
            )}
            <PixelPicture
              pixels={signedPixels(kernel.values, kernel.width, kernelRange)}
              label=""
              className={styles.feederKernel}
            />
            <span>{mapName(from, channel)}</span>
            <span className="number" title={`all together ${signed(total, 3)}`}>
              ±{fixed(meanSize, 3)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function FeederMap({ pixels, read }: { pixels: Pixels8; read: Cells | undefined }) {
  const look = { pixels, label: "", className: styles.feederMap };
  return read ? <MarkedPicture {...look} marked={read} /> : <PixelPicture {...look} />;
}
