import { layerValues, type MapLayer, printedShape } from "@autoencoder/model";
import { type MouseEvent, useMemo, useRef } from "react";
import { integer } from "../format.ts";
import type { MapScale } from "./map-scale.ts";
import styles from "./strip.module.css";
import { stageName, uprightOf } from "./strip.ts";
import { BlockCode, BlockPicture, useAveraging } from "./strip-block.tsx";

export interface UprightStripProps {
  layers: readonly MapLayer[];
  /** Where the server drew the digit that the page opens on. */
  drawn: string;
  scales: readonly MapScale[] | undefined;
  activations: Float32Array | undefined;
  latent: Float32Array | undefined;
  opened: MapLayer | undefined;
  href: (layer: MapLayer) => string;
  onFollow: (event: MouseEvent, layer: MapLayer) => void;
}

/** The strip on a narrow screen: its layers from top to bottom, one pixel a number, each row a link. */
export function UprightStrip(props: UprightStripProps) {
  const { layers, drawn, scales, activations, latent, opened, href, onFollow } = props;
  const strip = useMemo(() => uprightOf(layers), [layers]);
  const pictures = useRef<HTMLOListElement>(null);
  const averaged = useAveraging(pictures, strip);
  return (
    <ol
      ref={pictures}
      className={styles.upright}
      aria-label="The layers, from the input down to the output"
      data-testid="upright"
    >
      {strip.blocks.map((block) => {
        const { layer } = block;
        const values = activations && layerValues(activations, layer);
        const isCode = layer.part === "code";
        const tall = block.rows * layer.shape[0];
        return (
          <li
            key={layer.name}
            data-part={layer.part}
            style={{ "--numbers": block.width, "--tall": tall } as React.CSSProperties}
          >
            <a
              href={href(layer)}
              aria-expanded={layer === opened}
              data-opened={layer === opened}
              onClick={(event) => onFollow(event, layer)}
            >
              <span className={styles.row} data-code={isCode}>
                {isCode ? (
                  <BlockCode latent={latent ?? values} />
                ) : (
                  <BlockPicture
                    {...{ block, strip, averaged, values }}
                    image={`${drawn}/upright.png`}
                    scale={scales?.[layer.index]}
                    lazy
                  />
                )}
              </span>
              <span className={styles.rowName}>
                <b>{stageName(layers, layer)}</b>
                <small className="number">
                  {printedShape(layer.shape)}
                  <br />= {integer(layer.values)}
                </small>
              </span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}
