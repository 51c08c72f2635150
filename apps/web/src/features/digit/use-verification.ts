import { useMemo } from "react";
import type { ModelClient, Output } from "../../network/index.ts";
import type { Result } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./use-live-digit.ts";

export type Verification = Output<"verify">;

/** Once the network is live and the page at rest: how far it is from what the trainer recorded. */
export function useVerification(
  client: ModelClient,
  state: LiveState["kind"],
  { samples, pictures }: { samples: LiveData["samples"]; pictures: () => Promise<Uint8Array> },
): Result<Verification> | undefined {
  const live = state === "live";
  const ask = useMemo(() => {
    if (!live) return undefined;
    return async (signal: AbortSignal) => client.verify({ samples, pictures: await pictures() }, { signal });
  }, [client, live, samples, pictures]);
  return useAsk(ask, { wait: "idle" }).result;
}
