"use client";
import { printedShape } from "@autoencoder/model";
import { counted, StripFigure } from "@autoencoder/ui";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";

/** The strip for the chapter's digit; its layers lead to the viewer. @param lit the layers in full light */
export function LiveStrip({ lit }: { lit?: string[] }) {
  const { data, live, stages } = useChapter();
  return (
    <div className="wide strip-wide">
      <StripFigure
        stages={stages}
        image={`${data.drawn}/strip.png`}
        all={live.digit?.inside?.all}
        latent={live.digit?.latent}
        lit={lit}
        href={({ name }) => `/viewer?layer=${name}`}
      />
      <ol className="strip-shapes" aria-label="The layers on the strip, from left to right">
        {stages.map(({ name, part, shape, values }) => (
          <li key={name} data-part={part}>
            <code>{name}</code> {shape[0] * shape[1] === 1 ? shape[2] : printedShape(shape)}
            <b className="number">{counted(values)}</b>
          </li>
        ))}
      </ol>
    </div>
  );
}
