"use client";
import { layerValues, type MapInputs, type MapLayer } from "@autoencoder/model";
import { Button, isVector, MapPicture, mapName, mapPixels } from "@autoencoder/ui";
import { memo, useCallback, useEffect, useMemo } from "react";
import { Arrows, MapSteps } from "../layers/map-controls.tsx";
import { Transport } from "../layers/transport.tsx";
import { useRunning } from "../layers/use-running.ts";
import type { View } from "../layers/view.ts";
import { Feeding } from "./feeding.tsx";
import { MapTable } from "./map-table.tsx";
import { OtherMaps } from "./other-maps.tsx";
import { noMaps } from "./sheet-column.tsx";
import styles from "./viewer.module.css";
import { MapKernels } from "./weight-pictures.tsx";

export interface MapColumnProps {
  layer: MapLayer;
  from: MapLayer;
  view: View;
  /** The chosen map's values; undefined until they are known. */
  map: Float32Array | undefined;
  /** The chosen value as text; empty while it is on its way. */
  value: string;
  /** The numbers of the layer, and its dead maps. */
  values: Float32Array | undefined;
  dead: ReadonlySet<number> | undefined;
  /** The numbers of all layers. */
  activations: Float32Array | undefined;
  /** What feeds the map; undefined until it is known, and where nothing is summed. */
  inputs: MapInputs | undefined;
  problem: string | undefined;
  change: (changes: Partial<View>) => void;
  onOpen: (layer: string, changes: Partial<View>) => void;
}

/** One map, enlarged, with what feeds it. */
export const MapColumn = memo(function MapColumn(props: MapColumnProps) {
  const { layer, from, view, map, value, values, dead, activations, inputs, problem, change, onOpen } = props;
  const [, width, maps] = layer.shape;
  const vector = isVector(layer);
  const name = maps === 1 ? "the picture" : mapName(layer, view.map);
  const before = useMemo(() => activations && layerValues(activations, from), [activations, from]);
  const onMove = (row: number, column: number) => change({ row, column });
  const choose = useCallback((to: number) => change({ map: to }), [change]);
  return (
    <section className={styles.map} aria-label="The chosen map">
      <MapHead layer={layer} name={name} chosen={view.map} onChoose={choose} onUp={() => change({ level: "sheet" })} />
      {view.level !== "sheet" && maps > 1 && (
        <OtherMaps {...{ layer, values }} chosen={view.map} dead={dead ?? noMaps} onChoose={choose} />
      )}
      {map && !vector && (
        <MapPicture
          pixels={mapPixels(layer, map)}
          label={`Map ${view.map} of ${layer.name}`}
          value={value}
          row={view.row}
          column={view.column}
          onMove={onMove}
          onOpen={() => change({ level: "value" })}
          className={styles.picture}
        />
      )}
      {!vector && <Arrows view={view} size={layer.shape} onMove={onMove} />}
      {!vector && from !== layer && <Playing key={layer.name} {...{ layer, view, value, onMove }} />}
      {problem && (
        <p className="notice" role="alert">
          What feeds this map is not known: {problem}
        </p>
      )}
      {from !== layer && inputs && before && (
        <>
          <Feeding
            layer={layer}
            from={from}
            values={before}
            inputs={inputs}
            place={view}
            onGo={(channel) => onOpen(from.name, { map: channel })}
          />
          <MapKernels inputs={inputs} name={name} />
        </>
      )}
      {vector
        ? values && <MapTable map={values} width={8} name={layer.name} vector />
        : map && <MapTable map={map} width={width} name={`${layer.name}, map ${view.map}`} />}
    </section>
  );
});

interface PlayingProps {
  layer: MapLayer;
  view: View;
  /** The chosen value as text. */
  value: string;
  onMove: (row: number, column: number) => void;
}

/** The layer at work on the chosen map: the place walks over it, and the arithmetic beside it follows. */
function Playing({ layer, view, value, onMove }: PlayingProps) {
  const [rows, columns] = layer.shape;
  const move = (position: number) => onMove(Math.floor(position / columns), position % columns);
  const running = useRunning(rows * columns, move);
  const position = view.row * columns + view.column;
  const isElsewhere = running.position !== undefined && running.position !== position;
  useEffect(() => {
    if (isElsewhere) running.stop(); // another place was chosen meanwhile
  }, [isElsewhere, running.stop]);
  return (
    <Transport
      count={rows * columns}
      position={position}
      running={running}
      label={
        <>
          {layer.name} at row <b className="number">{view.row}</b>, column <b className="number">{view.column}</b>
        </>
      }
      valueText={`row ${view.row}, column ${view.column}: ${value}`}
      onStep={(position) => {
        running.stop();
        move(position);
      }}
    />
  );
}

interface MapHeadProps {
  layer: MapLayer;
  name: string;
  chosen: number;
  onChoose: (map: number) => void;
  onUp: () => void;
}

/** Which map it is, the way back to all of them, and to the next. */
function MapHead({ layer, name, chosen, onChoose, onUp }: MapHeadProps) {
  const maps = layer.shape[2];
  return (
    <div className={styles.mapHead}>
      <Button quiet className={styles.up} onClick={onUp}>
        all {maps}
      </Button>
      <h2>
        {name} <small>of {layer.name}</small>
      </h2>
      {maps > 1 && <MapSteps {...{ chosen, maps, onChoose }} />}
    </div>
  );
}
