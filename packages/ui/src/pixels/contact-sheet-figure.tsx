"use client";
import type { MapShape } from "@autoencoder/model";
import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useMemo, useRef } from "react";
import { greatestSize } from "../charts/code-bars.ts";
import { isVector } from "../explain/names.ts";
import { fixed } from "../format.ts";
import styles from "./contact-sheet.module.css";
import { placeOnSheet, sheetOf, sheetPixels } from "./contact-sheet.ts";
import { type MapScale, mapScales } from "./map-scale.ts";
import { toRgba } from "./pixels.ts";

export interface ContactSheetFigureProps {
  /** The layer's name. */
  name: string;
  shape: MapShape;
  /** Maps in a row; left out, as many as make a sheet. */
  columns?: number;
  /** The sheet of the digit that the page opens on, drawn by the server with a scale for each map; empty for none. */
  image: string;
  values: Float32Array | undefined;
  /** One scale for all maps, or undefined for one each. */
  shared: MapScale | undefined;
  chosen: number;
  /** Maps that are 0 everywhere for all test digits. */
  dead: ReadonlySet<number>;
  onChoose: (map: number) => void;
}

/** All feature maps of a layer side by side; arrow keys walk, a tap chooses. Silent and dead maps are marked. */
export function ContactSheetFigure({
  name,
  shape,
  columns,
  image,
  values,
  shared,
  chosen,
  dead,
  onChoose,
}: ContactSheetFigureProps) {
  const sheet = useMemo(() => sheetOf(shape, columns), [shape, columns]);
  const own = useMemo(() => (values ? mapScales(values, shape) : undefined), [values, shape]);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values || !own) return;
    const pixels = sheetPixels(sheet, values, shared ? [shared] : own);
    context.putImageData(new ImageData(toRgba(pixels), pixels.width, pixels.height), 0, 0);
  }, [sheet, values, own, shared]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -sheet.columns, ArrowDown: sheet.columns }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? shape[2] - 1 : step && chosen + step;
    if (to === undefined || to < 0 || to >= shape[2]) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>("button")[to]?.focus();
    onChoose(to);
  };
  const percent = (part: number) => `${part * 100}%`;
  const vector = isVector({ shape });
  return (
    <div
      role="toolbar"
      aria-label={`The ${shape[2]} ${vector ? "values" : "feature maps"} of ${name}`}
      className={styles.sheet}
      data-testid="contact-sheet"
      data-vector={vector}
      style={
        {
          aspectRatio: vector ? `${sheet.columns} / ${sheet.rows}` : `${sheet.width} / ${sheet.height}`,
          "--columns": sheet.columns,
        } as CSSProperties
      }
      onKeyDown={press}
    >
      {!vector && (
        <>
          {image && <img src={image} alt="" hidden={values !== undefined} />}
          <canvas ref={canvas} width={sheet.width} height={sheet.height} hidden={!values} />
        </>
      )}
      {Array.from({ length: shape[2] }, (_, map) => {
        const { left, top, width, height } = placeOnSheet(sheet, map);
        const scale = own?.[map];
        const silent = scale !== undefined && scale.low === 0 && scale.high === 0;
        const mark = dead.has(map) ? "dead" : silent ? "silent" : undefined;
        const value = vector ? values?.[map] : undefined;
        return (
          <button
            key={map}
            type="button"
            tabIndex={map === chosen ? 0 : -1}
            aria-pressed={map === chosen}
            aria-label={mapLabel(vector, map, { scale, mark, value })}
            data-mark={mark}
            style={
              vector
                ? undefined
                : { left: percent(left), top: percent(top), width: percent(width), height: percent(height) }
            }
            onClick={() => onChoose(map)}
          >
            {vector && <ValueTile value={value} greatest={values ? greatestSize(values) : 0} />}
          </button>
        );
      })}
    </div>
  );
}

function mapLabel(
  vector: boolean,
  map: number,
  { scale, mark, value }: { scale: MapScale | undefined; mark: string | undefined; value: number | undefined },
): string {
  if (vector) return `value ${map}${value === undefined ? "" : `: ${fixed(value)}`}`;
  const told = { dead: ", dead: 0 for all test digits", silent: ", silent: 0 for this digit" }[mark ?? ""];
  return `map ${map}${told ?? (scale ? `, from ${fixed(scale.low, 2)} to ${fixed(scale.high, 2)}` : "")}`;
}

/** One value of a vector as a bar from a zero line: up where it is positive. */
function ValueTile({ value, greatest }: { value: number | undefined; greatest: number }) {
  if (value === undefined) return null;
  const size = greatest > 0 ? (Math.abs(value) / greatest) * 50 : 0;
  return (
    <span data-part="bar" style={{ height: `${size}%`, [value < 0 ? "top" : "bottom"]: "50%" } as CSSProperties} />
  );
}
