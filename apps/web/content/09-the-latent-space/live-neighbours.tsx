"use client";
import { fixed, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./neighbours.module.css";
import { type FirstNeighbours, useNeighbours } from "./use-neighbours.ts";

/** The five test digits whose codes are nearest to that of the chapter's digit, drawn ones too. */
export function LiveNeighbours({ run, first }: { run: string; first: FirstNeighbours }) {
  const { live } = useChapter();
  const { origin, latent, pixels: own } = live.digit ?? live.recorded;
  const { recorded } = live;
  const isOpening = origin.kind === "test" && recorded.origin.kind === "test" && origin.index === recorded.origin.index;
  // The opening digit's code as the trainer recorded it, whose neighbours came with the page.
  const { found, problem } = useNeighbours(run, isOpening ? recorded.latent : latent, first);
  return (
    <figure className={styles.neighbours} data-testid="neighbours">
      <ul>
        <li>
          <PixelPicture pixels={greyPixels(own)} label="your digit" />
          <b>this one</b>
        </li>
        {found.map(({ index, label, distance, pixels }) => (
          <li key={index} data-index={index}>
            <PixelPicture pixels={greyPixels(pixels)} label={`test digit ${index}, a ${label}`} />
            <span className="number">{fixed(distance, 2)}</span>
          </li>
        ))}
      </ul>
      <figcaption>
        {problem
          ? `The neighbours did not load: ${problem}`
          : "The test digits with the nearest codes, and their distance. A test digit is its own nearest."}
      </figcaption>
    </figure>
  );
}
