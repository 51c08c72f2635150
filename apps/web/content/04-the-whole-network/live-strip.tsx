"use client";
import { printedShape } from "@autoencoder/model";
import { integer, isVector, StripFigure } from "@autoencoder/ui";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./live-strip.module.css";

/** The strip for the chapter's digit; its layers lead to the viewer. @param lit the layers in full light */
export function LiveStrip({ lit }: { lit?: string[] }) {
  const { data, live, layers } = useChapter();
  return (
    <div className={`wide ${styles.strip}`}>
      <StripFigure
        layers={layers}
        image={`${data.drawn}/strip.png`}
        activations={live.digit?.activations?.values}
        latent={live.digit?.latent}
        lit={lit}
        href={({ name }) => `/viewer?layer=${name}`}
      />
      <ol className={styles.shapes} aria-label="The layers on the strip, from left to right">
        {layers.map((layer) => (
          <li key={layer.name} data-part={layer.part}>
            <code>{layer.name}</code> {isVector(layer) ? layer.shape[2] : printedShape(layer.shape)}
            <b className="number">{integer(layer.values)}</b>
          </li>
        ))}
      </ol>
    </div>
  );
}
