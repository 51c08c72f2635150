"use client";
import { useSyncExternalStore } from "react";
import type { ModelClient } from "../../network/index.ts";

/** Says that the network's worker died without a word and another took its place; nothing while none did. */
export function Restarted({ client }: { client: ModelClient }) {
  const restarts = useSyncExternalStore(client.subscribe, client.restarts, () => 0);
  if (restarts === 0) return null;
  return (
    <p className="note" role="status" data-part="restarted">
      The live network fell silent and was started again.
    </p>
  );
}
