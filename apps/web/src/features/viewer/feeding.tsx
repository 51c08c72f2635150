"use client";
import { type MapInputs, type MapLayer, mapValues } from "@autoencoder/model";
import {
  fixed,
  greatestSize,
  layerScale,
  PixelPicture,
  SignedLegend,
  scaledPixels,
  signed,
  signedPixels,
} from "@autoencoder/ui";
import { useMemo } from "react";
import styles from "./viewer.module.css";

export interface FeedingProps {
  stage: MapLayer;
  from: MapLayer;
  /** The numbers of the stage before. */
  inputs: Float32Array;
  apart: MapInputs;
  onGo: (map: number) => void;
}

const shown = 8;

/** The maps that feed the chosen one, the largest contribution first, each with its kernel; and the sums before the activation. */
export function Feeding({ stage, from, inputs, apart, onGo }: FeedingProps) {
  const vector = from.shape[0] * from.shape[1] === 1;
  const scale = useMemo(() => layerScale(from, inputs), [from, inputs]);
  const greatest = greatestSize(apart.preActivation);
  const kernelRange = Math.max(...apart.inputs.map(({ kernel }) => greatestSize(kernel.values)));
  return (
    <section className={styles.feeding} aria-label="What feeds this map">
      <div className={styles.sums}>
        {apart.preActivation.length > 1 && (
          <figure>
            <PixelPicture
              pixels={signedPixels(apart.preActivation, stage.shape[1], greatest)}
              label="the sums before the activation, bias included"
              className={styles.smallMap}
            />
            <figcaption>
              before the activation <SignedLegend range={greatest} className={styles.legend} />
            </figcaption>
          </figure>
        )}
        <p>
          {apart.biases.length === 1 ? (
            <>
              bias <span className="number">{signed(apart.biases[0] as number, 4)}</span>
              {apart.preActivation.length > 1 && ", the same everywhere"}
            </>
          ) : (
            <>a bias of its own at each of {apart.biases.length} positions</>
          )}
        </p>
      </div>
      <p>
        {apart.inputs.length} {vector ? "values" : "maps"} of <code>{from.name}</code> feed it; by mean contribution:
      </p>
      <ol className={styles.feeders}>
        {apart.inputs.slice(0, shown).map(({ channel, meanSize, total, kernel }) => (
          <li key={channel}>
            <button type="button" onClick={() => onGo(channel)}>
              {vector ? (
                <span className="number">{fixed(inputs[channel] as number, 2)}</span>
              ) : (
                <PixelPicture
                  pixels={scaledPixels(mapValues(inputs, from.shape, channel), from.shape[1], scale)}
                  label=""
                  className={styles.feederMap}
                />
              )}
              <PixelPicture
                pixels={signedPixels(kernel.values, kernel.width, kernelRange)}
                label=""
                className={styles.feederKernel}
              />
              <span>{vector ? `value ${channel + 1}` : `map ${channel}`}</span>
              <span className="number" title={`all together ${signed(total, 3)}`}>
                ±{fixed(meanSize, 3)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <p className="note">
        Kernels: teal adds, vermilion takes away; full colour is ±{fixed(kernelRange, 3)}.
        {apart.inputs.length > shown &&
          ` ${apart.inputs.length - shown} more add ±${fixed(
            apart.inputs.slice(shown).reduce((sum, { meanSize }) => sum + meanSize, 0),
            3,
          )} between them.`}
      </p>
    </section>
  );
}
