import { encodeFloats } from "../../src/features/digit/encoding.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { drawnAddress } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveSamplers } from "./lazy.ts";

/** Random codes, spread as those of the test digits are. */
export async function Samplers() {
  const run = await currentRun();
  const { mean, deviation } = await api.latents.spread(run);
  return (
    <LiveSamplers
      mean={encodeFloats(mean)}
      deviation={encodeFloats(deviation)}
      factor={`${drawnAddress(run)}/latents/factor`}
    />
  );
}
