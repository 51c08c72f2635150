"use client";
import { layerValues, type MapInputs, type MapLayer } from "@autoencoder/model";
import { layerScale, MapPicture, scaledPixels, signedPixels } from "@autoencoder/ui";
import { memo, useCallback, useMemo } from "react";
import { Feeding } from "./feeding.tsx";
import { KernelSheet } from "./kernel-sheet.tsx";
import { Neighbours } from "./neighbours.tsx";
import { Arrows, MapTable, none, Step } from "./parts.tsx";
import type { View } from "./view-state.ts";
import styles from "./viewer.module.css";

export interface MapColumnProps {
  stage: MapLayer;
  from: MapLayer;
  view: View;
  /** The chosen map's values; undefined until they are known. */
  map: Float32Array | undefined;
  /** The chosen value as text; empty while it is on its way. */
  value: string;
  /** The numbers of the stage, and its dead maps. */
  values: Float32Array | undefined;
  dead: ReadonlySet<number> | undefined;
  /** The numbers of all stages. */
  all: Float32Array | undefined;
  apart: MapInputs | undefined;
  problem: string | undefined;
  change: (changes: Partial<View>) => void;
  onOpen: (layer: string, changes: Partial<View>) => void;
}

/** One map, enlarged, with what feeds it. */
export const MapColumn = memo(function MapColumn(props: MapColumnProps) {
  const { stage, from, view, map, value, values, dead, all, apart, problem, change, onOpen } = props;
  const [height, width, maps] = stage.shape;
  const vector = height * width === 1;
  const name = vector ? `value ${view.map + 1}` : maps === 1 ? "the picture" : `map ${view.map}`;
  const inputs = useMemo(() => all && layerValues(all, from), [all, from]);
  const onMove = (row: number, column: number) => change({ row, column });
  const choose = useCallback((to: number) => change({ map: to }), [change]);
  return (
    <section className={styles.map} aria-label="The chosen map">
      <MapHead stage={stage} name={name} chosen={view.map} onChoose={choose} onUp={() => change({ level: "sheet" })} />
      {view.level !== "sheet" && maps > 1 && (
        <Neighbours {...{ stage, values }} chosen={view.map} dead={dead ?? none} onChoose={choose} />
      )}
      {map && !vector && (
        <MapPicture
          pixels={mapPixels(map, width, stage)}
          label={`Map ${view.map} of ${stage.name}`}
          value={value}
          row={view.row}
          column={view.column}
          onMove={onMove}
          onOpen={() => change({ level: "value" })}
          className={styles.picture}
        />
      )}
      {!vector && <Arrows view={view} size={stage.shape} onMove={onMove} />}
      {problem && (
        <p className="notice" role="alert">
          What feeds this map is not known: {problem}
        </p>
      )}
      {from !== stage && apart && inputs && (
        <>
          <Feeding
            stage={stage}
            from={from}
            inputs={inputs}
            apart={apart}
            onGo={(channel) => onOpen(from.name, { map: channel })}
          />
          <KernelSheet apart={apart} name={name} />
        </>
      )}
      {vector
        ? values && <MapTable map={values} width={8} name={stage.name} vector />
        : map && <MapTable map={map} width={width} name={`${stage.name}, map ${view.map}`} />}
    </section>
  );
});

interface MapHeadProps {
  stage: MapLayer;
  name: string;
  chosen: number;
  onChoose: (map: number) => void;
  onUp: () => void;
}

/** Which map it is, the way back to all of them, and to the next. */
function MapHead({ stage, name, chosen, onChoose, onUp }: MapHeadProps) {
  const maps = stage.shape[2];
  return (
    <div className={styles.mapHead}>
      <button type="button" className={styles.up} onClick={onUp}>
        all {maps}
      </button>
      <h2>
        {name} <small>of {stage.name}</small>
      </h2>
      {maps > 1 && (
        <>
          <Step label="previous map" onClick={() => onChoose((chosen - 1 + maps) % maps)}>
            ‹
          </Step>
          <Step label="next map" onClick={() => onChoose((chosen + 1) % maps)}>
            ›
          </Step>
        </>
      )}
    </div>
  );
}

function mapPixels(map: Float32Array, width: number, stage: MapLayer) {
  const scale = layerScale(stage, map);
  if (scale.low < 0) return signedPixels(map, width, Math.max(-scale.low, scale.high));
  return scaledPixels(map, width, scale);
}
