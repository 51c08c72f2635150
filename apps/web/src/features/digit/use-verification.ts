import { useEffect, useState } from "react";
import type { ModelClient, Verification } from "../../network/index.ts";
import { whenIdle } from "../../shared/when-idle.ts";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./use-live-digit.ts";

/** Once the network is live and the page at rest: how far it is from what the trainer recorded. */
export function useVerification(
  client: ModelClient,
  state: LiveState["kind"],
  { samples, pictures }: { samples: LiveData["samples"]; pictures: () => Promise<Uint8Array> },
): Verification | string | undefined {
  const [result, setResult] = useState<Verification | string>();
  useEffect(() => {
    if (state !== "live" || result !== undefined) return;
    let wanted = true;
    const verify = async () => {
      const bytes = await pictures();
      const outcome = await client.verify(samples, bytes);
      if (wanted) setResult(outcome.ok ? outcome.value : outcome.problem.sentence);
    };
    const cancel = whenIdle(() => {
      verify().catch((error: Error) => wanted && setResult(error.message));
    });
    return () => {
      wanted = false;
      cancel();
    };
  }, [client, state, result, samples, pictures]);
  return result;
}
