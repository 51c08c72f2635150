import { arithmeticOf, lossWith, type MapLayer, type OneWeight, type Place, strongestWeight } from "@autoencoder/model";
import { useMemo } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeFloats } from "../../src/features/digit/encoding.ts";
import { useAsk } from "../../src/shared/use-ask.ts";

/** The knob of the digit that the page opens on; arrays of float32 in base64. */
export interface FirstKnob {
  place: Place;
  weight: number;
  inputs: string;
  sums: string;
  target: string;
}

export interface Knob {
  one: OneWeight;
  /** What the network is asked for: the digit itself. */
  target: Float32Array;
  /** How far the knob turns to either side of where training left it. */
  reach: number;
}

/** The error that the ends of the knob add, and the farthest that they may lie. */
const [added, farthest] = [0.03, 16];

/** The output layer's strongest weight for the chapter's digit; for the one that the page opens on, until that is live. */
export function useKnob(layer: string, first: FirstKnob): Knob {
  const { live, layers } = useChapter();
  const { client, state, digit } = live;
  const ask = useMemo(
    () => (state.kind === "live" ? () => client.weights(layer) : undefined),
    [client, layer, state.kind],
  );
  const { value: weights } = useAsk(ask);
  return useMemo(() => {
    const last = layers.at(-1) as MapLayer;
    if (weights && digit?.activations) {
      const named = new Map([
        [`${last.name}/kernel`, weights.kernel],
        [`${last.name}/bias`, weights.bias],
      ]);
      const one = strongestWeight(arithmeticOf(layers, last, { weights: named, values: digit.activations.values }));
      return knobOf(one, digit.pixels);
    }
    const [inputs, sums, target] = [first.inputs, first.sums, first.target].map(decodeFloats) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    return knobOf({ place: first.place, weight: first.weight, inputs, sums }, target);
  }, [layers, weights, digit, first]);
}

function knobOf(one: OneWeight, target: Float32Array): Knob {
  const base = lossWith(one, target, one.weight).loss;
  const rise = (by: number) =>
    Math.min(...[by, -by].map((turn) => lossWith(one, target, one.weight + turn).loss)) - base;
  let reach = 0.25;
  while (reach < farthest && rise(reach) < added) reach *= 1.25;
  return { one, target, reach };
}
