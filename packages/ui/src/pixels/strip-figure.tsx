"use client";
import { countValues, layerValues, type MapLayer, printedShape } from "@autoencoder/model";
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef, useState } from "react";
import { integer } from "../format.ts";
import { stripScales } from "./map-scale.ts";
import styles from "./strip.module.css";
import { layerMark, stripOf } from "./strip.ts";
import { BlockCode, BlockPicture, useAveraging } from "./strip-block.tsx";

export interface StripFigureProps {
  layers: readonly MapLayer[];
  /** The strip of the digit that the page opens on, drawn by the server: shown until there are numbers. */
  image: string;
  /** The numbers of all layers; undefined until the network is live. */
  activations: Float32Array | undefined;
  latent: Float32Array | undefined;
  /** The layers in full light; undefined for all. */
  lit?: readonly string[] | undefined;
  /** Where a layer leads. */
  href: (layer: MapLayer) => string;
  /** Opens a layer on this page; the link is followed without it. */
  onOpen?: ((layer: MapLayer) => void) | undefined;
  className?: string | undefined;
}

/** A block at least so many pixels wide has its layer's name under it, not the short mark alone. */
const roomForName = 112;

/**
 * Every number that the network makes for one digit, one pixel each; the code magnified, its true size beneath.
 * One, a half or a third of a pixel wide a number, as there is room; where blocks are too narrow for a thumb, three zones
 * open the layers as a list.
 */
export const StripFigure = memo(function StripFigure(props: StripFigureProps) {
  const { layers, image, activations, latent, lit, href, onOpen, className } = props;
  const strip = useMemo(() => stripOf(layers), [layers]);
  const scales = useMemo(() => activations && stripScales(layers, activations), [layers, activations]);
  const blocks = useRef<HTMLDivElement>(null);
  const averaged = useAveraging(blocks, strip.blocks[0]?.width ?? 1);
  const follow = (event: MouseEvent, layer: MapLayer) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(layer);
  };
  // One stop for the Tab key; arrow keys walk from layer to layer.
  const [walked, setWalked] = useState<MapLayer>();
  const reached = walked ?? layers.find(({ name }) => name === lit?.[0]) ?? layers[0];
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to =
      event.key === "Home" ? 0 : event.key === "End" ? layers.length - 1 : step && (reached?.index ?? 0) + step;
    const link = to === undefined ? undefined : event.currentTarget.querySelectorAll("a")[to];
    if (!link) return;
    event.preventDefault();
    link.focus();
  };
  const code = layers.find(({ part }) => part === "code");
  const numbers = (layer: MapLayer) => activations && layerValues(activations, layer);
  return (
    <figure className={className ? `${styles.strip} ${className}` : styles.strip}>
      <div
        ref={blocks}
        role="toolbar"
        aria-label="The layers on the strip"
        className={styles.blocks}
        data-testid="strip-blocks"
        onKeyDown={walk}
      >
        {strip.blocks.map((block) => {
          const { layer } = block;
          const title = layerTitle(layer);
          return (
            <div
              key={layer.name}
              className={styles.block}
              data-testid="strip-block"
              data-part={layer.part}
              data-dim={lit !== undefined && !lit.includes(layer.name)}
              style={{ "--numbers": block.width } as React.CSSProperties}
            >
              {layer === code ? (
                <BlockCode latent={latent ?? numbers(layer)} />
              ) : (
                <BlockPicture
                  {...{ block, image, strip, averaged }}
                  values={numbers(layer)}
                  scale={scales?.[layer.index]}
                />
              )}
              <span className={styles.label} aria-hidden="true">
                {layerMark(layers, layer)} {block.width >= roomForName && <code>{layer.name}</code>}
              </span>
              <a
                href={href(layer)}
                className={styles.link}
                tabIndex={layer === reached ? 0 : -1}
                aria-current={lit?.length === 1 && lit[0] === layer.name ? "true" : undefined}
                title={title}
                onFocus={() => setWalked(layer)}
                onClick={(event) => follow(event, layer)}
              >
                <span className="visually-hidden">{title}</span>
              </a>
            </div>
          );
        })}
      </div>
      <LayerList layers={layers} code={code} href={href} onFollow={follow} />
      <figcaption>
        <b className="number">{integer(countValues(layers))}</b> numbers for one digit, one pixel each. The right half
        is drawn from only <b className="number">{integer(code?.values ?? 0)}</b> of them: the small square is their
        true size.
      </figcaption>
    </figure>
  );
});

interface LayerListProps {
  layers: readonly MapLayer[];
  code: MapLayer | undefined;
  href: (layer: MapLayer) => string;
  onFollow: (event: MouseEvent, layer: MapLayer) => void;
}

/** The strip on a narrow screen: each of its three zones opens the list of layers, at the zone's first. */
function LayerList({ layers, code, href, onFollow }: LayerListProps) {
  const openAt = (event: MouseEvent<HTMLElement>) => {
    const part = (event.target as Element).closest("[data-part]")?.getAttribute("data-part");
    const list = event.currentTarget.parentElement as HTMLDetailsElement;
    if (!part || list.open) return; // by key, or to close it: as any fold
    event.preventDefault();
    list.open = true;
    list.querySelector<HTMLElement>(`li[data-part="${part}"] a`)?.focus();
  };
  return (
    <details className={styles.list} data-testid="strip-list">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; the click only says which zone it met */}
      <summary onClick={openAt}>
        <span data-part="encoder">encoder</span>
        <span data-part="code">{integer(code?.values ?? 0)}</span>
        <span data-part="decoder">decoder</span>
      </summary>
      <ol>
        {layers.map((layer) => (
          <li key={layer.name} data-part={layer.part}>
            <a href={href(layer)} onClick={(event) => onFollow(event, layer)}>
              <code>{layer.name}</code>
              <span className="number">
                {printedShape(layer.shape)} = {integer(layer.values)}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}

function layerTitle(layer: MapLayer): string {
  return `${layer.name}: ${printedShape(layer.shape)}, ${integer(layer.values)} numbers`;
}
