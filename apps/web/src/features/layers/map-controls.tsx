"use client";
import type { MapShape } from "@autoencoder/model";
import { Button } from "@autoencoder/ui";
import type { ReactNode } from "react";
import styles from "./map-controls.module.css";
import type { View } from "./view.ts";

/** A button of 44 px with a sign for a name. */
function Step({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button quiet aria-label={label} onClick={onClick}>
      {children}
    </Button>
  );
}

interface MapStepsProps {
  chosen: number;
  maps: number;
  onChoose: (map: number) => void;
  /** What a reader hears that is stepped through. */
  name?: string;
}

/** Two buttons to the map before and the map after; the last is followed by the first. */
export function MapSteps({ chosen, maps, onChoose, name = "map" }: MapStepsProps) {
  return (
    <>
      <Step label={`previous ${name}`} onClick={() => onChoose((chosen - 1 + maps) % maps)}>
        ‹
      </Step>
      <Step label={`next ${name}`} onClick={() => onChoose((chosen + 1) % maps)}>
        ›
      </Step>
    </>
  );
}

interface ArrowsProps {
  view: View;
  size: MapShape;
  onMove: (row: number, column: number) => void;
}

/** Four buttons that move the chosen value: a finger covers more than one. */
export function Arrows({ view, size, onMove }: ArrowsProps) {
  const inMap = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
  const move = (rows: number, columns: number) =>
    onMove(inMap(view.row + rows, size[0]), inMap(view.column + columns, size[1]));
  return (
    <fieldset className={styles.arrows} aria-label="Move the chosen value">
      <Step label="left" onClick={() => move(0, -1)}>
        ←
      </Step>
      <Step label="up" onClick={() => move(-1, 0)}>
        ↑
      </Step>
      <Step label="down" onClick={() => move(1, 0)}>
        ↓
      </Step>
      <Step label="right" onClick={() => move(0, 1)}>
        →
      </Step>
    </fieldset>
  );
}
