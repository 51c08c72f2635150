import { greyPixels, PixelPicture } from "@autoencoder/ui";

export interface TileProps {
  /** A square picture, row-major, in [0, 1]. */
  pixels: Float32Array;
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
      <PixelPicture pixels={greyPixels(pixels, Math.sqrt(pixels.length))} label={label} className="tile" />
      <p className="tile-name">
        <b data-part={part}>{name}</b> {note && <span className="number">{note}</span>}
      </p>
    </div>
  );
}
