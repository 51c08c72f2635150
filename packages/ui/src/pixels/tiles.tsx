import type { ComponentProps, ReactNode } from "react";
import { CodeChart } from "../charts/code-chart.tsx";
import { PixelPicture } from "./pixel-picture.tsx";
import { greyPixels } from "./pixels.ts";
import styles from "./tiles.module.css";

/** Pictures side by side, three in a row unless its class says otherwise; as a figure with a caption, or within one. */
export function Tiles({ as: Element = "div", className, ...props }: ComponentProps<"div"> & { as?: "div" | "figure" }) {
  return <Element {...props} className={className ? `${styles.tiles} ${className}` : styles.tiles} />;
}

export interface TileProps {
  /** A square picture, row-major: bytes, or numbers in [0, 1]. */
  pixels: Uint8Array | Float32Array;
  name: string;
  /** For those who do not see it; the name where there is none. */
  label?: string;
  note?: string;
  part?: "encoder" | "decoder";
}

/** One of several pictures side by side, with its name below. */
export function Tile({ pixels, name, label = name, note, part }: TileProps) {
  return (
    <div>
      <PixelPicture pixels={greyPixels(pixels)} label={label} className={styles.picture} />
      <TileName name={name} note={note} part={part} />
    </div>
  );
}

export interface CodeTileProps {
  /** [latent] */
  latent: Float32Array;
  /** The value that is pointed at, from 0. */
  selected: number | undefined;
  onSelect: (index: number | undefined) => void;
  name: string;
  note?: string;
}

/** A code as a tile among pictures. */
export function CodeTile({ latent, selected, onSelect, name, note }: CodeTileProps) {
  return (
    <div>
      <CodeChart
        latent={latent}
        count={latent.length}
        selected={selected}
        onSelect={onSelect}
        className={styles.code}
      />
      <TileName name={name} note={note} part="code" />
    </div>
  );
}

export interface TileNameProps {
  name: ReactNode;
  note?: ReactNode;
  part?: "encoder" | "code" | "decoder" | undefined;
}

/** The name below a tile of one's own making. */
export function TileName({ name, note, part }: TileNameProps) {
  return (
    <p className={styles.name}>
      <b data-part={part}>{name}</b> {note && <span className="number">{note}</span>}
    </p>
  );
}
