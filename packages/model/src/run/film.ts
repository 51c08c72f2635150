import { layerSizes } from "../network/parameters.ts";
import type { AutoencoderSpec, LayerSpec } from "../network/spec.ts";

/** The film of a training within snapshots.safetensors, as the trainer writes it and readers check it. */

/** Its tensors, a frame a row. A run has all of them or, where it is from before there was a film, none. */
export const filmTensors = {
  step: "film/step",
  reconstructions: "film/reconstructions",
  ink: "film/ink",
  black: "film/black",
  inkMean: "film/inkMean",
  blackMean: "film/blackMean",
  live: "film/live",
  gradientNorms: "film/gradientNorms",
} as const;

/** Bins of its histograms: `inside` of equal width, and before and behind them one for all that lies beyond. */
export const filmBins = { from: -12, to: 6, inside: 72 } as const;

/** The layers whose gradients it measures, in their order: those that have weights. */
export function filmLayers({ encoder, decoder }: AutoencoderSpec): { layer: LayerSpec; parameters: number }[] {
  return [...layerSizes(encoder), ...layerSizes(decoder)].filter(({ parameters }) => parameters > 0);
}

/** What the header of a table with a film says of it: the bins, and the order of the layers. */
export function filmHeader(spec: AutoencoderSpec): Record<"filmBins" | "filmLayers", string> {
  const { from, to, inside } = filmBins;
  return {
    filmBins: `below ${from}, ${inside} from ${from} to ${to}, above`,
    filmLayers: filmLayers(spec)
      .map(({ layer }) => layer.name)
      .join(" "),
  };
}
