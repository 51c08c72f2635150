"use client";
import { digitError, fixed, Tile, Tiles, thumbnail } from "@autoencoder/ui";
import { useMemo } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";

/** The same number of numbers, spent as a thumbnail: what averaging keeps, beside what the network keeps. */
export function Thumbnail() {
  const { live } = useChapter();
  const { pixels, latent, reconstruction } = live.digit ?? live.recorded;
  const { small, side, enlarged } = useMemo(() => thumbnail(pixels, 8), [pixels]);
  const ofThumbnail = digitError(pixels, enlarged).mse;
  const ofNetwork = digitError(pixels, reconstruction).mse;
  return (
    <Tiles as="figure" className="wide">
      <Tile
        pixels={small}
        label={`a thumbnail of ${side} × ${side}`}
        name="thumbnail"
        note={`${small.length} numbers`}
      />
      <Tile pixels={enlarged} label="the thumbnail enlarged" name="enlarged" note={`MSE ${fixed(ofThumbnail, 5)}`} />
      <Tile
        pixels={reconstruction}
        label="rebuilt by the network"
        name="rebuilt"
        part="decoder"
        note={`MSE ${fixed(ofNetwork, 5)}`}
      />
      <figcaption data-part="ratio">
        For this digit the thumbnail’s error is <b className="number">{fixed(ofThumbnail / ofNetwork, 1)}</b> times the
        network’s. The thumbnail keeps {small.length} numbers, the network {latent.length}.
      </figcaption>
    </Tiles>
  );
}
