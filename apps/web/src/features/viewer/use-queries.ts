import type { MapInputs, Place, ValueTerms } from "@autoencoder/model";
import { useEffect, useMemo, useState } from "react";
import type { ModelClient } from "../../network/index.ts";
import { whenIdle } from "../../shared/when-idle.ts";
import type { LiveData } from "../digit/live-data.ts";
import { useAnswer } from "./use-answer.ts";
import type { View } from "./view-state.ts";

/** A value's terms, with the value that they are of: while the next ones are on their way, the old keep their own name. */
export interface TermsOf {
  terms: ValueTerms;
  layer: string;
  place: Place;
}

/** The terms of the value that the view chooses, or why there are none. @param pass undefined until the network is live */
export function useTerms(
  client: ModelClient,
  pass: number | undefined,
  view: View,
  start: TermsOf,
): { shown: TermsOf; problem: string | undefined } {
  const { layer, map, row, column } = view;
  const ask = useMemo(() => {
    if (pass === undefined) return undefined;
    const place = { row, column, channel: map };
    return async () => {
      const outcome = await client.terms(pass, layer, place);
      return outcome.ok ? { ok: true as const, value: { terms: outcome.value.terms, layer, place } } : outcome;
    };
  }, [client, pass, layer, map, row, column]);
  const { value, problem } = useAnswer(ask, start);
  return { shown: value ?? start, problem };
}

/** What feeds the map that the view chooses; undefined while it is on its way, and where nothing is summed. */
export function useMapInputs(client: ModelClient, pass: number | undefined, { layer, map }: View) {
  const ask = useMemo(
    () => (pass === undefined ? undefined : () => client.map(pass, layer, map)),
    [client, pass, layer, map],
  );
  const { value, fresh, problem } = useAnswer<{ inputs?: MapInputs | undefined }>(ask);
  return { inputs: fresh && !problem ? value?.inputs : undefined, problem };
}

/** The least and greatest value of every map over all test digits; undefined until they are loaded, and without them. */
export interface RunStatistics {
  /** Maps of a layer that are 0 everywhere for all test digits. */
  dead(layer: string): ReadonlySet<number>;
  has(layer: string): boolean;
}

export function useStatistics(state: string, client: ModelClient, data: LiveData): RunStatistics | undefined {
  const [statistics, setStatistics] = useState<RunStatistics>();
  const file = data.statistics;
  useEffect(() => {
    if (state !== "live" || !file) return;
    return whenIdle(async () => {
      const outcome = await client.statistics(file);
      if (!outcome.ok) return; // the viewer then says that it does not know
      const dead = new Map(
        outcome.value.stages.map(({ stage, least, greatest }) => {
          const maps = Array.from(greatest.keys()).filter((map) => greatest[map] === 0 && least[map] === 0);
          return [stage, new Set(maps)];
        }),
      );
      setStatistics({ dead: (layer) => dead.get(layer) ?? new Set(), has: (layer) => dead.has(layer) });
    });
  }, [state, client, file]);
  return statistics;
}
