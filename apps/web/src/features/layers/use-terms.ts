import {
  arithmeticOf,
  type LayerArithmetic,
  type MapLayer,
  mapLayerNamed,
  type Place,
  type ValueTerms,
  valueTerms,
} from "@autoencoder/model";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ModelClient } from "../../network/index.ts";
import { sentenceOf } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { View } from "./view.ts";

/** A value's terms, with the value that they are of: while the next ones are on their way, the old keep their own name. */
export interface TermsOf {
  terms: ValueTerms;
  layer: string;
  place: Place;
}

const noWeights = { kernel: new Float32Array(0), bias: new Float32Array(0) };

/**
 * What a layer computes from, so that the page can take its values apart itself: its weights, fetched once, and the
 * numbers of the layer before. Undefined until both are there.
 * @param activations the numbers of all layers for the digit that is shown; undefined until the network is live
 */
export function useArithmetic(
  client: ModelClient,
  { layers, name, activations }: { layers: readonly MapLayer[]; name: string; activations: Float32Array | undefined },
): { arithmetic: LayerArithmetic | undefined; problem: string | undefined } {
  const layer = mapLayerNamed(layers, name);
  const live = activations !== undefined;
  const sums = layer.sizes.weights.length > 0;
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another question
  const ask = useMemo(
    () => (live && sums ? () => client.weights(name) : undefined),
    [client, live, sums, name, attempt],
  );
  const { result, fresh } = useAsk(ask);
  const problem = sums ? sentenceOf(result) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a worker that broke off comes back with another digit
  useEffect(() => {
    if (problem) setAttempt((before) => before + 1);
  }, [activations, problem]);
  const fetched = fresh && result?.ok ? result.value : undefined;
  const weights = sums ? fetched : noWeights;
  const arithmetic = useMemo(() => {
    if (!activations || !weights) return undefined;
    const byName = new Map(Object.entries(weights).map(([kind, values]) => [`${name}/${kind}`, values]));
    return arithmeticOf(layers, mapLayerNamed(layers, name), { weights: byName, values: activations });
  }, [layers, name, activations, weights]);
  return { arithmetic, problem };
}

/** The terms of the value that a view chooses; the last ones that were known while there are none. */
export function useTerms(
  arithmetic: LayerArithmetic | undefined,
  { layer, map, row, column }: View,
  start: TermsOf,
): TermsOf {
  const computed = useMemo(() => {
    if (!arithmetic) return undefined;
    const place = { row, column, channel: map };
    return { terms: valueTerms(arithmetic, place), layer, place };
  }, [arithmetic, layer, map, row, column]);
  const last = useRef(start);
  useEffect(() => {
    if (computed) last.current = computed;
  }, [computed]);
  return computed ?? last.current;
}
