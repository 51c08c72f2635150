import type { AutoencoderSpec } from "../network/spec.ts";
import { filmLayers } from "../run/film.ts";

/** Euclidean norms of a gradient by layer, in the order of `filmLayers`. @param gradient of all weights, flat in layer order */
export function layerNorms(spec: AutoencoderSpec, gradient: Float32Array): Float32Array {
  let start = 0;
  const norms = filmLayers(spec).map(({ parameters }) => {
    let squares = 0;
    for (let at = start; at < start + parameters; at++) squares += (gradient[at] as number) ** 2;
    start += parameters;
    return Math.sqrt(squares);
  });
  return Float32Array.from(norms);
}
