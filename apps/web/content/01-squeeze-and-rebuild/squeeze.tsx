"use client";
import { CodeChart, digitError, signed } from "@autoencoder/ui";
import { useState } from "react";
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
