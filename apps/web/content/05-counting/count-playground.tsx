import { assignmentSpec } from "@autoencoder/model";
import { LiveCountPlayground } from "./lazy.ts";

/** The assignment's network, one size changed at a time. */
export function CountPlayground() {
  return <LiveCountPlayground spec={assignmentSpec()} />;
}
