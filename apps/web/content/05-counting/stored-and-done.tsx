import { assignmentSpec } from "@autoencoder/model";
import { LiveStoredAndDone } from "./lazy.ts";

/** The assignment's network: what its layers store beside what they do, and its sizes to change. */
export function StoredAndDone() {
  return <LiveStoredAndDone spec={assignmentSpec()} />;
}
