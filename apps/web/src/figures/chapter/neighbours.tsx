"use client";
import { fixed, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import { askServer } from "../ask-server.ts";
import { decodeBytes, toPixels } from "../encoding.ts";
import { useChapter } from "./chapter-live.tsx";

interface Neighbour {
  index: number;
  label: number;
  distance: number;
  pixels: string;
}

/** The five test digits whose codes are nearest to that of the chapter's digit, drawn ones too. */
export function Neighbours({ run }: { run: string }) {
  const { live } = useChapter();
  const { latent, pixels } = live.digit ?? live.recorded;
  const [found, setFound] = useState<Neighbour[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let wanted = true;
    // While a digit is being drawn its code changes with every frame; the server is asked when it rests.
    const timer = setTimeout(async () => {
      try {
        const code = Array.from(latent, (value) => Number(value.toFixed(5)));
        const answer = await askServer<Neighbour[]>("runs.neighbours", { name: run, latent: code });
        if (!wanted) return;
        setFound(answer);
        setProblem(undefined);
      } catch (error) {
        if (wanted) setProblem((error as Error).message);
      }
    }, 250);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [run, latent]);
  return (
    <figure className="neighbours browse">
      <ul>
        <li>
          <PixelPicture pixels={greyPixels(pixels, 28)} label="your digit" />
          <b>this one</b>
        </li>
        {found.map(({ index, label, distance, pixels: text }) => (
          <li key={index} data-index={index}>
            <PixelPicture
              pixels={greyPixels(toPixels(decodeBytes(text)), 28)}
              label={`test digit ${index}, a ${label}`}
            />
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
