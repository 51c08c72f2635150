"use client";
import { type MapInputs, type Stage, stageValues } from "@autoencoder/model";
import { MapPicture, scaledPixels, signedPixels, stageScale } from "@autoencoder/ui";
import { useMemo } from "react";
import { Feeding } from "./feeding.tsx";
import { KernelSheet } from "./kernel-sheet.tsx";
import { Arrows, MapTable, Step } from "./parts.tsx";
import type { View } from "./view-state.ts";
import styles from "./viewer.module.css";

export interface MapColumnProps {
  stage: Stage;
  from: Stage;
  view: View;
  /** The chosen map's values; undefined until they are known. */
  map: Float32Array | undefined;
  /** The chosen value as text; empty while it is on its way. */
  value: string;
  /** The numbers of all stages. */
  all: Float32Array | undefined;
  apart: MapInputs | undefined;
  problem: string | undefined;
  change: (changes: Partial<View>) => void;
  onOpen: (layer: string, changes: Partial<View>) => void;
}

/** One map, enlarged, with what feeds it. */
export function MapColumn({ stage, from, view, map, value, all, apart, problem, change, onOpen }: MapColumnProps) {
  const [height, width, maps] = stage.shape;
  const vector = height * width === 1;
  const name = vector ? `value ${view.map + 1}` : `map ${view.map}`;
  const inputs = useMemo(() => all && stageValues(all, from), [all, from]);
  const onMove = (row: number, column: number) => change({ row, column });
  return (
    <section className={styles.map} aria-label="The chosen map">
      <div className={styles.mapHead}>
        <button type="button" className={styles.up} onClick={() => change({ level: "sheet" })}>
          all {maps}
        </button>
        <h2>
          {name} <small>of {stage.name}</small>
        </h2>
        <Step label="previous map" onClick={() => change({ map: (view.map - 1 + maps) % maps })}>
          ‹
        </Step>
        <Step label="next map" onClick={() => change({ map: (view.map + 1) % maps })}>
          ›
        </Step>
      </div>
      {map && !vector && (
        <MapPicture
          pixels={mapPixels(map, width, stage)}
          label={`Map ${view.map} of ${stage.name}`}
          value={value}
          row={view.row}
          column={view.column}
          onMove={onMove}
          onOpen={() => change({ level: "value" })}
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
      {map && !vector && <MapTable map={map} width={width} name={`${stage.name}, map ${view.map}`} />}
    </section>
  );
}

function mapPixels(map: Float32Array, width: number, stage: Stage) {
  const scale = stageScale(stage, map);
  if (scale.low < 0) return signedPixels(map, width, Math.max(-scale.low, scale.high));
  return scaledPixels(map, width, scale);
}
