import { type MapLayer, printedShape } from "@autoencoder/model";
import type { MouseEvent } from "react";
import { integer } from "../format.ts";
import styles from "./strip.module.css";
import { stageName } from "./strip.ts";

export interface StripListProps {
  layers: readonly MapLayer[];
  /** The layers in full light; undefined for all. */
  lit: readonly string[] | undefined;
  href: (layer: MapLayer) => string;
  onFollow: (event: MouseEvent, layer: MapLayer) => void;
}

/**
 * The strip's layers as rows, for a narrow screen. The whole strip has three zones, which open the list at their first layer;
 * a part of it has one line that says which layers it is.
 */
export function StripList({ layers, lit, href, onFollow }: StripListProps) {
  const code = layers.find(({ part }) => part === "code");
  const openAt = (event: MouseEvent<HTMLElement>) => {
    const part = (event.target as Element).closest("[data-part]")?.getAttribute("data-part");
    const list = event.currentTarget.parentElement as HTMLDetailsElement;
    if (!part || list.open) return; // by key, or to close it: as any fold
    event.preventDefault();
    list.open = true;
    list.querySelector<HTMLElement>(`li[data-part="${part}"] a`)?.focus();
  };
  const choose = (event: MouseEvent<HTMLElement>, layer: MapLayer) => {
    onFollow(event, layer);
    const list = event.currentTarget.closest("details");
    if (list && event.defaultPrevented) list.open = false;
  };
  return (
    <details className={styles.list} data-testid="strip-list" data-lit={lit !== undefined}>
      {lit ? (
        <summary>{litText(layers, lit)} ▾</summary>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; the click only says which zone it met
        <summary onClick={openAt}>
          <span data-part="encoder">encoder</span>
          <span data-part="code">{integer(code?.values ?? 0)}</span>
          <span data-part="decoder">decoder</span>
        </summary>
      )}
      <ol>
        {layers.map((layer) => (
          <li key={layer.name} data-part={layer.part}>
            <a href={href(layer)} onClick={(event) => choose(event, layer)}>
              <span>
                <b>{stageName(layers, layer)}</b> <code>{layer.name}</code>
              </span>
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

/** `Conv 1, layer 2 of 12`; of several the first and the last. */
function litText(layers: readonly MapLayer[], lit: readonly string[]): string {
  const places = layers.filter(({ name }) => lit.includes(name));
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return `all ${layers.length} layers`;
  if (first === last) return `${stageName(layers, first)}, layer ${first.index + 1} of ${layers.length}`;
  const names = `${stageName(layers, first)} to ${stageName(layers, last)}`;
  return `${names}: ${places.length} of ${layers.length} layers`;
}
