import { type AutoencoderSpec, layerSizes } from "@autoencoder/model";

/** A layer with weights, as a part of two bars. */
export interface LayerShare {
  name: string;
  dense: boolean;
  /** Parameters. */
  stored: number;
  /** Multiply-adds for one digit. */
  done: number;
  usesOfEachWeight: number;
}

/** What of a layer a bar shows. */
export type Amount = "stored" | "done";

/** The layers that have weights, in their order. */
export function layerShares({ encoder, decoder }: AutoencoderSpec): LayerShare[] {
  return [...layerSizes(encoder), ...layerSizes(decoder)]
    .filter(({ parameters }) => parameters > 0)
    .map(({ layer, parameters, multiplyAdds, usesOfEachWeight }) => ({
      name: layer.name,
      dense: layer.className === "Dense",
      stored: parameters,
      done: multiplyAdds,
      usesOfEachWeight,
    }));
}

export function sumOf(layers: readonly LayerShare[], amount: Amount): number {
  return layers.reduce((sum, layer) => sum + layer[amount], 0);
}

/** A layer's place on a bar, in percent of the width that the longer bar of the two networks takes. */
export interface Segment {
  layer: LayerShare;
  left: number;
  width: number;
}

/** @param longest what a bar of the whole width would hold */
export function segmentsOf(layers: readonly LayerShare[], amount: Amount, longest: number): Segment[] {
  let left = 0;
  return layers.map((layer) => {
    const width = (100 * layer[amount]) / longest;
    const segment = { layer, left, width };
    left += width;
    return segment;
  });
}

/** What is written at a bar: inside of a segment, or outside of neighbours that are too narrow for it. */
export interface BarLabel {
  names: string[];
  /** Share of the bar's own whole, 0 to 1. */
  share: number;
  left: number;
  width: number;
  inside: boolean;
}

/** The labels of a bar. @param narrow segments below this width, in percent, are named together with their neighbours */
export function labelsOf(segments: readonly Segment[], narrow: number): BarLabel[] {
  const whole = segments.reduce((sum, { width }) => sum + width, 0);
  const labels: BarLabel[] = [];
  for (const { layer, left, width } of segments) {
    const inside = width >= narrow;
    const last = labels.at(-1);
    if (!inside && last && !last.inside) {
      last.names.push(layer.name);
      last.share += width / whole;
      last.width += width;
    } else labels.push({ names: [layer.name], share: width / whole, left, width, inside });
  }
  return labels;
}
