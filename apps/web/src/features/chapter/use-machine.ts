import { type MapLayer, mapLayerNamed } from "@autoencoder/model";
import { useState } from "react";
import type { TermsOf } from "../layers/use-terms.ts";
import type { View } from "../layers/view.ts";
import { useChapter } from "./chapter-live.tsx";

/** What every layer at work begins with: the layer, the one that it reads, and the value that is looked at. */
export function useMachine({ layer: name, place }: TermsOf) {
  const { live, layers } = useChapter();
  const layer = mapLayerNamed(layers, name);
  const { row, column, channel } = place;
  const [view, setView] = useState<View>({ layer: name, map: channel, row, column, level: "value" });
  return { live, layers, layer, from: layers[layer.index - 1] as MapLayer, view, setView };
}
