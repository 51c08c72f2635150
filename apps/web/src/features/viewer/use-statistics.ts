import { useMemo } from "react";
import type { ModelClient } from "../../network/index.ts";
import { success } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { LiveData } from "../digit/live-data.ts";

/** What the trainer recorded of every map over all test digits. */
export interface RunStatistics {
  /** Maps of a layer that are 0 everywhere for all test digits. */
  dead(layer: string): ReadonlySet<number>;
  has(layer: string): boolean;
}

/** A run's statistics; undefined until they are loaded, and for runs without them. */
export function useStatistics(state: string, client: ModelClient, data: LiveData): RunStatistics | undefined {
  const file = data.statistics;
  const live = state === "live";
  const ask = useMemo(() => {
    if (!live || !file) return undefined;
    return async (signal: AbortSignal) => {
      const result = await client.statistics({ file }, { signal });
      if (!result.ok) return result; // the viewer then says that it does not know
      const dead = new Map(
        result.value.layers.map(({ layer, least, greatest }) => {
          const maps = Array.from(greatest.keys()).filter((map) => greatest[map] === 0 && least[map] === 0);
          return [layer, new Set(maps)];
        }),
      );
      return success({
        dead: (layer: string) => dead.get(layer) ?? new Set<number>(),
        has: (layer: string) => dead.has(layer),
      });
    };
  }, [live, client, file]);
  return useAsk<RunStatistics>(ask, { wait: "idle" }).value;
}
