import { currentRun } from "../../src/features/run/current-run.ts";
import { LiveBends } from "./lazy.ts";

/** The network with its bends switched off, beside the best that a network without bends can do. */
export async function Bends() {
  const { baselines } = await currentRun();
  return <LiveBends pca={baselines.pca} />;
}
