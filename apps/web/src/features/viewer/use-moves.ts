import { type MapLayer, mapLayerNamed, type Place } from "@autoencoder/model";
import { useCallback, useEffect } from "react";
import { atLayer, type View } from "../layers/view.ts";

interface MovesOf {
  layers: readonly MapLayer[];
  layer: MapLayer;
  /** The layer before. */
  from: MapLayer;
  view: View;
  change: (changes: Partial<View>) => void;
}

/** The ways from one view to another; the same functions while a digit is drawn, so that nothing is drawn again for them. */
export function useMoves({ layers, layer, from, view, change }: MovesOf) {
  /** Another layer; the place keeps its part of the picture. */
  const open = useCallback(
    (name: string, changes: Partial<View> = {}) => {
      change({ ...atLayer(view, layer, mapLayerNamed(layers, name)), ...changes });
    },
    [change, layers, layer, view],
  );
  const openSheet = useCallback((name: string) => open(name, { level: "sheet" }), [open]);
  const openLayer = useCallback((to: MapLayer) => openSheet(to.name), [openSheet]);
  const choose = useCallback(
    (map: number) => change({ map, level: view.level === "sheet" ? "map" : view.level }),
    [change, view.level],
  );
  /** A value of the layer before. */
  const go = useCallback(
    (to: Partial<Place>) =>
      change({
        layer: from.name,
        map: to.channel ?? Math.min(view.map, from.shape[2] - 1),
        row: to.row ?? 0,
        column: to.column ?? 0,
      }),
    [change, from, view.map],
  );
  /** One level up; Escape does the same. */
  const up = useCallback(() => {
    const above = { value: "map", map: "sheet", trace: "sheet", sheet: "sheet" } as const;
    change({ level: above[view.level] });
  }, [change, view.level]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // What is open above the view (the menu, a pen that is down) closes first.
      if (event.key === "Escape" && !event.defaultPrevented && view.level !== "sheet") up();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [up, view.level]);
  return { open, openSheet, openLayer, choose, go, up };
}
