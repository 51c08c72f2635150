"use client";
import { CodeTile, digitError, fixed, signed, Tile, Tiles } from "@autoencoder/ui";
import { useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";

/** The whole network in three pictures: the digit, its code, what is rebuilt from the code alone. */
export function Squeeze() {
  const { live } = useChapter();
  const [selected, setSelected] = useState<number>();
  const { pixels, latent, reconstruction } = live.digit ?? live.recorded;
  const { mse, pixelsWorth } = digitError(pixels, reconstruction);
  return (
    <Tiles as="figure" className="wide">
      <Tile
        pixels={pixels}
        label="the digit that the network sees"
        name="seen"
        part="encoder"
        note={`${pixels.length} numbers, also the target`}
      />
      <CodeTile
        latent={latent}
        selected={selected}
        onSelect={setSelected}
        name="its code"
        note={
          selected === undefined
            ? `${latent.length} numbers`
            : `value ${selected}: ${signed(latent[selected] as number, 2)}`
        }
      />
      <Tile
        pixels={reconstruction}
        label="the digit rebuilt from its code"
        name="rebuilt"
        part="decoder"
        note="from the code alone"
      />
      <figcaption data-part="error">
        Rebuilt with an error of <b className="number">{fixed(pixelsWorth, 1)}</b> of {pixels.length} pixels’ worth (MSE{" "}
        <span className="number">{fixed(mse, 5)}</span>): as if so many pixels were completely wrong.
      </figcaption>
    </Tiles>
  );
}
