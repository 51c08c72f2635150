"use client";
import { countValues, layerValues, type MapLayer, printedShape } from "@autoencoder/model";
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { integer } from "../format.ts";
import { stripScales } from "./map-scale.ts";
import styles from "./strip.module.css";
import { stageName, stripOf } from "./strip.ts";
import { BlockCode, BlockPicture, useAveraging } from "./strip-block.tsx";
import { StripList } from "./strip-list.tsx";
import { usePulse } from "./strip-pulse.ts";
import { UprightStrip } from "./upright-strip.tsx";

export interface StripFigureProps {
  layers: readonly MapLayer[];
  /** Where the server drew the digit that the page opens on, `…/strip.png` and `…/upright.png`: shown until there are numbers. */
  drawn: string;
  /** The numbers of all layers; undefined until the network is live. */
  activations: Float32Array | undefined;
  latent: Float32Array | undefined;
  /** The digit's pixels: when others take their place, a pulse runs through the strip. */
  digit?: Float32Array | undefined;
  /** The layers in full light; undefined for all. */
  lit?: readonly string[] | undefined;
  /** Whether a narrow screen shows all layers, one under the other. */
  upright?: boolean;
  /** Where a layer leads. */
  href: (layer: MapLayer) => string;
  /** Opens a layer elsewhere on this page; the link is followed without it. */
  onOpen?: ((layer: MapLayer) => void) | undefined;
  /** What a layer opens beneath the strip; a second press closes it. */
  stage?: ((layer: MapLayer) => ReactNode) | undefined;
  className?: string | undefined;
  /** The caption. */
  children?: ReactNode;
}

/**
 * Every number that the network makes for one digit, one pixel each; the code magnified, its true size beneath.
 * One, a half or a third of a pixel wide a number, as there is room; where blocks are too narrow for a thumb, a list has
 * the layers as rows.
 */
export const StripFigure = memo(function StripFigure(props: StripFigureProps) {
  const { layers, drawn, activations, latent, digit, lit, upright = false, href, onOpen, stage, className } = props;
  const strip = useMemo(() => stripOf(layers), [layers]);
  const scales = useMemo(() => activations && stripScales(layers, activations), [layers, activations]);
  const blocks = useRef<HTMLDivElement>(null);
  const averaged = useAveraging(blocks, strip);
  usePulse(blocks, digit);
  const [opened, setOpened] = useState<MapLayer>();
  const panel = useId();
  const follow = (event: MouseEvent, layer: MapLayer) => {
    if (!(onOpen || stage) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen?.(layer);
    if (stage) setOpened(opened === layer ? undefined : layer);
  };
  // One stop for the Tab key; arrow keys walk from layer to layer.
  const [walked, setWalked] = useState<MapLayer>();
  const [pointed, setPointed] = useState<MapLayer>();
  const reached = walked ?? layers.find(({ name }) => name === lit?.[0]) ?? layers[0];
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" && opened) setOpened(undefined);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to =
      event.key === "Home" ? 0 : event.key === "End" ? layers.length - 1 : step && (reached?.index ?? 0) + step;
    const link = to === undefined ? undefined : event.currentTarget.querySelectorAll("a")[to];
    if (!link) return;
    event.preventDefault();
    link.focus();
  };
  const numbers = (layer: MapLayer) => activations && layerValues(activations, layer);
  const isLit = ({ name }: MapLayer) => lit?.includes(name) ?? true;
  const inLight = strip.blocks.filter(({ layer }) => isLit(layer));
  const litWidth = inLight.reduce((sum, { width }) => sum + width + gap, -gap);
  // The code's bars have all of the strip's height.
  const tallest = Math.max(
    ...inLight.map(({ layer, rows }) => (layer.part === "code" ? strip.height : rows * layer.shape[0])),
  );
  return (
    <figure className={className ? `${styles.strip} ${className}` : styles.strip} data-upright={upright}>
      <div
        ref={blocks}
        role="toolbar"
        aria-label="The layers on the strip"
        className={styles.blocks}
        data-testid="strip-blocks"
        data-lit={lit !== undefined}
        style={{ "--lit": litWidth, "--tallest": tallest } as React.CSSProperties}
        onKeyDown={walk}
        onPointerLeave={() => setPointed(undefined)}
      >
        {strip.blocks.map((block) => {
          const { layer } = block;
          const title = layerTitle(layers, layer);
          return (
            <div
              key={layer.name}
              className={styles.block}
              data-testid="strip-block"
              data-part={layer.part}
              data-dim={!isLit(layer)}
              data-opened={layer === opened}
              style={{ "--numbers": block.width } as React.CSSProperties}
            >
              {layer.part === "code" ? (
                <BlockCode latent={latent ?? numbers(layer)} />
              ) : (
                <BlockPicture
                  {...{ block, strip, averaged }}
                  image={`${drawn}/strip.png`}
                  values={numbers(layer)}
                  scale={scales?.[layer.index]}
                  lazy={upright}
                />
              )}
              <span className={styles.label} aria-hidden="true">
                {stageName(layers, layer)}
              </span>
              <a
                href={href(layer)}
                className={styles.link}
                tabIndex={layer === reached ? 0 : -1}
                aria-current={lit?.length === 1 && isLit(layer) ? "true" : undefined}
                aria-expanded={stage ? layer === opened : undefined}
                aria-controls={layer === opened ? panel : undefined}
                onFocus={() => setWalked(layer)}
                onPointerEnter={() => setPointed(layer)}
                onClick={(event) => follow(event, layer)}
              >
                <span className="visually-hidden">{title}</span>
              </a>
            </div>
          );
        })}
      </div>
      {upright ? (
        <UprightStrip {...{ layers, drawn, scales, activations, opened, href }} latent={latent} onFollow={follow} />
      ) : (
        <StripList layers={layers} lit={lit} href={href} onFollow={follow} />
      )}
      <p className={styles.pointed} aria-hidden="true" data-part="pointed">
        {layerTitle(layers, pointed ?? opened ?? reached ?? (layers[0] as MapLayer))}
      </p>
      {stage && opened && (
        <div id={panel} className={styles.stage} data-part="stage">
          {stage(opened)}
          <button type="button" className={styles.close} onClick={() => setOpened(undefined)}>
            close
          </button>
        </div>
      )}
      {props.children && <figcaption>{props.children}</figcaption>}
    </figure>
  );
});

/** The caption that says what the strip is: how many numbers, and how few of them the right half is made from. */
export function StripCaption({ layers }: { layers: readonly MapLayer[] }) {
  const pixels = layers[0]?.values ?? 0;
  const code = layers.find(({ part }) => part === "code")?.values ?? 0;
  return (
    <>
      From <span className="number">{integer(pixels)}</span> pixels the network computes{" "}
      <b className="number">{integer(countValues(layers) - pixels)}</b> numbers, one screen pixel each where there is
      room. Everything after the middle is made from <b className="number">{integer(code)}</b> of them: the small square
      is their true size.
    </>
  );
}

/** Between two blocks where only some are shown, in numbers. */
const gap = 6;

/** `Conv 1, conv2d in Keras: 28 × 28 × 32 = 25,088 numbers` */
function layerTitle(layers: readonly MapLayer[], layer: MapLayer): string {
  const { name, shape, values } = layer;
  return `${stageName(layers, layer)}, ${name} in Keras: ${printedShape(shape)} = ${integer(values)} numbers`;
}
