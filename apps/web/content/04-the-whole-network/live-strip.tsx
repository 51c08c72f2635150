"use client";
import { printedShape } from "@autoencoder/model";
import { integer, StripFigure } from "@autoencoder/ui";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./live-strip.module.css";

/** The strip for the chapter's digit; its layers lead to the viewer. @param lit the layers in full light */
export function LiveStrip({ lit }: { lit?: string[] }) {
  const { data, live, stages } = useChapter();
  return (
    <div className={`wide ${styles.strip}`}>
      <StripFigure
        layers={stages}
        image={`${data.drawn}/strip.png`}
        all={live.digit?.activations?.all}
        latent={live.digit?.latent}
        lit={lit}
        href={({ name }) => `/viewer?layer=${name}`}
      />
      <ol className={styles.shapes} aria-label="The layers on the strip, from left to right">
        {stages.map(({ name, part, shape, values }) => (
          <li key={name} data-part={part}>
            <code>{name}</code> {shape[0] * shape[1] === 1 ? shape[2] : printedShape(shape)}
            <b className="number">{integer(values)}</b>
          </li>
        ))}
      </ol>
    </div>
  );
}
