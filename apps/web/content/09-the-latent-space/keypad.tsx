import { encodeFloats } from "../../src/features/digit/encoding.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveKeypad } from "./lazy.ts";

/** The code as a keypad, over the range that each value has in the test digits. */
export async function Keypad() {
  const { mean, low, high } = await api.latents.spread(await currentRun());
  return <LiveKeypad spread={{ mean: encodeFloats(mean), low: encodeFloats(low), high: encodeFloats(high) }} />;
}
