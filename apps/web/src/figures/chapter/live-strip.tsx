"use client";
import { StripFigure } from "@autoencoder/ui";
import { useChapter } from "./chapter-live.tsx";

/** The strip for the chapter's digit; its layers lead to the viewer. @param lit the layers in full light */
export function LiveStrip({ lit }: { lit?: string[] }) {
  const { data, live, stages } = useChapter();
  return (
    <div className="wide">
      <StripFigure
        stages={stages}
        image={`${data.drawn}/strip.png`}
        all={live.digit?.inside?.all}
        latent={live.digit?.latent}
        lit={lit}
        href={({ name }) => `/viewer?layer=${name}`}
      />
    </div>
  );
}
