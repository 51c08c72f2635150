"use client";
import type { LayerWeights } from "@autoencoder/model";
import { quantile } from "d3";
import { useMemo, useState } from "react";
import { isVector } from "../explain/names.ts";
import { integer, signed } from "../format.ts";
import { MapPicture } from "./map-picture.tsx";
import { signedPixels } from "./pixels.ts";
import { SignedLegend } from "./signed-legend.tsx";
import styles from "./weight-sheet.module.css";
import { weightSheet } from "./weight-sheet.ts";

/** All weights of a layer as one map to explore, a pixel each; few large ones are left at full colour. */
export function WeightSheetFigure({ layer, from, kernel }: LayerWeights) {
  const sheet = useMemo(() => weightSheet({ layer, from, kernel }), [layer, from, kernel]);
  const range = useMemo(() => quantile(kernel, 0.995, Math.abs) || 1, [kernel]);
  const pixels = useMemo(() => signedPixels(sheet.values, sheet.width, range), [sheet, range]);
  const [chosen, setChosen] = useState({ row: 0, column: 0 });
  const found = sheet.at(chosen.row, chosen.column);
  const [reads, makes] = [from, layer].map((of) => (isVector(of) ? "value" : "map"));
  const number = (kind: string | undefined, at: number) => `${kind} ${kind === "value" ? at + 1 : at}`;
  return (
    <figure className={styles.weights}>
      <MapPicture
        pixels={pixels}
        label={`All ${integer(kernel.length)} weights of ${layer.name}`}
        value={found ? signed(found.weight, 4) : "between two tiles"}
        row={chosen.row}
        column={chosen.column}
        onMove={(row, column) => setChosen({ row, column })}
      />
      <p className="note" data-part="weight">
        {found ? (
          <>
            {number(makes, found.map)} of <code>{layer.name}</code> from {number(reads, found.channel)} of{" "}
            <code>{from.name}</code>, row {found.row}, col {found.column}:{" "}
            <b className="number">{signed(found.weight, 4)}</b>
          </>
        ) : (
          "between two tiles"
        )}
      </p>
      <figcaption>
        {integer(kernel.length)} weights, one pixel each: a tile for each {makes} that the layer makes, in it a kernel
        for each {reads} that it reads. <SignedLegend range={range} /> and beyond.
      </figcaption>
    </figure>
  );
}
