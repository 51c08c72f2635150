"use client";
import { floatsOf } from "@autoencoder/data";
import { layerValues, type MapLayer, mapLayerNamed } from "@autoencoder/model";
import { fixed, greyPixels, integer, NamedButton, PixelPicture, type Pixels8, Slider } from "@autoencoder/ui";
import { type CSSProperties, type PointerEvent, useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import styles from "./live-flatten.module.css";

/** Channels of a position are drawn as a square of so many by so many. */
const square = 8;

export interface LiveFlattenProps {
  /** The layer that is flattened. */
  name: string;
  /** Its numbers for the digit that the page opens on, as greys: a byte each, in base64. */
  greys: string;
}

/** Flatten at work: the rows of a block of maps put end to end, and where each number lands in the row. */
export function LiveFlatten({ name, greys }: LiveFlattenProps) {
  const { live, layers } = useChapter();
  const layer = mapLayerNamed(layers, name);
  const [rows, columns, maps] = layer.shape;
  const activations = live.digit?.activations?.values;
  const values = activations && layerValues(activations, layer);
  const [flat, setFlat] = useState(false);
  const [index, setIndex] = useState(Math.floor((rows * columns) / 2) * maps);
  const position = Math.floor(index / maps);
  const place = { row: Math.floor(position / columns), column: position % columns, channel: index % maps };
  /** Every number in parts of the layer's greatest. */
  const drawn = useMemo(() => (values ? greysOf(values) : floatsOf(decodeBytes(greys))), [values, greys]);
  const pictures = useMemo(
    () => Array.from({ length: rows }, (_, row) => rowPixels(drawn, layer, row)),
    [drawn, layer, rows],
  );
  const cell = useMemo(
    () => greyPixels(drawn.slice(position * maps, (position + 1) * maps), maps),
    [drawn, position, maps],
  );
  const pick = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (at: number, from: number, size: number, count: number) =>
      Math.max(0, Math.min(count - 1, Math.floor(((at - from) / size) * count)));
    const row = Number(event.currentTarget.dataset.row);
    setIndex((row * columns + part(event.clientX, box.left, box.width, columns)) * maps + place.channel);
  };
  return (
    <figure className={`wide ${styles.flatten}`} data-testid="flatten" data-flat={flat}>
      <div className={styles.stage}>
        {Array.from({ length: rows }, (_, row) => (
          <div
            key={row}
            className={styles.row}
            data-row={row}
            style={{ "--row": row, "--rows": rows } as CSSProperties}
            onPointerDown={pick}
          >
            <PixelPicture pixels={pictures[row] as Pixels8} label="" className={styles.picture} />
            {row === place.row && (
              <span
                className={styles.chosen}
                style={{ left: `${(place.column / columns) * 100}%`, width: `${100 / columns}%` }}
              />
            )}
          </div>
        ))}
      </div>
      <div className={styles.beside}>
        <p className={styles.name}>
          Row {place.row}, column {place.column}: its {maps} numbers stand at {integer(position * maps)} to{" "}
          {integer((position + 1) * maps - 1)}, one for each map
        </p>
        <div className={styles.cell}>
          <PixelPicture pixels={cell} label="" className={styles.picture} />
          <span
            className={styles.chosen}
            style={{ left: `${(place.channel / maps) * 100}%`, width: `${100 / maps}%` }}
          />
        </div>
        <div className={styles.hand}>
          <NamedButton
            quiet
            names={["flatten", "fold back into maps"]}
            name={flat ? "fold back into maps" : "flatten"}
            onClick={() => setFlat(!flat)}
          />
          <Slider
            label={
              <>
                number <b className="number">{integer(index)}</b> of the row
              </>
            }
            min={0}
            max={rows * columns * maps - 1}
            step={1}
            value={index}
            aria-valuetext={`number ${index}: row ${place.row}, column ${place.column}, map ${place.channel}`}
            onChoose={setIndex}
          />
        </div>
      </div>
      <p className={styles.line} data-part="index" aria-live="polite">
        (row {place.row} · {columns} + column {place.column}) · {maps} + map {place.channel} ={" "}
        <b className="number">{integer(index)}</b>
        {values && (
          <>
            , and the number there is <b className="number">{fixed(values[index] as number)}</b>
          </>
        )}
        .
      </p>
      <figcaption>
        Each cell is one position, its {maps} maps drawn as a square of {square} × {Math.ceil(maps / square)}. Reshape,
        at the decoder’s beginning, folds its row back in the same order.
      </figcaption>
    </figure>
  );
}

/** Numbers in parts of their greatest. */
function greysOf(values: Float32Array): Float32Array {
  const greatest = Math.max(...values) || 1;
  return values.map((value) => value / greatest);
}

/** One row of positions, each a square of its channels. @param drawn the layer's numbers in parts of the greatest */
function rowPixels(drawn: Float32Array, { shape: [, columns, maps] }: MapLayer, row: number): Pixels8 {
  const width = columns * square;
  const picture = new Float32Array(width * Math.ceil(maps / square));
  for (let column = 0; column < columns; column++) {
    for (let map = 0; map < maps; map++) {
      const at = Math.floor(map / square) * width + column * square + (map % square);
      picture[at] = drawn[(row * columns + column) * maps + map] as number;
    }
  }
  return greyPixels(picture, width);
}
