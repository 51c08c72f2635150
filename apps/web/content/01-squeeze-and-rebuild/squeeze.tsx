"use client";
import { CodeChart, digitError, signed, thumbnail } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { Tile } from "../../src/features/chapter/tile.tsx";

/** The whole network in three pictures: the digit, its code, what is rebuilt from the code alone. */
export function Squeeze() {
  const { live } = useChapter();
  const [selected, setSelected] = useState<number>();
  const { pixels, latent, reconstruction } = live.digit ?? live.recorded;
  const { mse, pixelsWorth } = digitError(pixels, reconstruction);
  return (
    <figure className="wide tiles">
      <Tile
        pixels={pixels}
        label="the digit that the network sees"
        name="seen"
        part="encoder"
        note={`${pixels.length} numbers, also the target`}
      />
      <div>
        <CodeChart
          latent={latent}
          count={latent.length}
          selected={selected}
          onSelect={setSelected}
          className="tile-code"
        />
        <p className="tile-name">
          <b data-part="code">its code</b>{" "}
          <span className="number">
            {selected === undefined
              ? `${latent.length} numbers`
              : `value ${selected + 1}: ${signed(latent[selected] as number, 2)}`}
          </span>
        </p>
      </div>
      <Tile
        pixels={reconstruction}
        label="the digit rebuilt from its code"
        name="rebuilt"
        part="decoder"
        note="from the code alone"
      />
      <figcaption data-part="error">
        Rebuilt with an error of <b className="number">{pixelsWorth.toFixed(1)}</b> of {pixels.length} pixels’ worth
        (MSE <span className="number">{mse.toFixed(5)}</span>): as if so many pixels were completely wrong.
      </figcaption>
    </figure>
  );
}

/** The same number of numbers, spent as a thumbnail: what averaging keeps, beside what the network keeps. */
export function Thumbnail() {
  const { live } = useChapter();
  const { pixels, latent, reconstruction } = live.digit ?? live.recorded;
  const { small, side, enlarged } = useMemo(() => thumbnail(pixels, 8), [pixels]);
  const ofThumbnail = digitError(pixels, enlarged).mse;
  const ofNetwork = digitError(pixels, reconstruction).mse;
  return (
    <figure className="wide tiles">
      <Tile
        pixels={small}
        label={`a thumbnail of ${side} × ${side}`}
        name="thumbnail"
        note={`${small.length} numbers`}
      />
      <Tile pixels={enlarged} label="the thumbnail enlarged" name="enlarged" note={`MSE ${ofThumbnail.toFixed(5)}`} />
      <Tile
        pixels={reconstruction}
        label="rebuilt by the network"
        name="rebuilt"
        part="decoder"
        note={`MSE ${ofNetwork.toFixed(5)}`}
      />
      <figcaption data-part="ratio">
        For this digit the thumbnail’s error is <b className="number">{(ofThumbnail / ofNetwork).toFixed(1)}</b> times
        the network’s. The thumbnail keeps {small.length} numbers, the network {latent.length}.
      </figcaption>
    </figure>
  );
}
