import { greyByte } from "@autoencoder/model";
import { encodeBytes, encodeFloats } from "../../src/features/digit/encoding.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { drawnAddress } from "../../src/shared/run-addresses.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveSnow } from "./lazy.ts";

/** 784 random numbers as a picture, beside what the decoder paints from a random code. */
export async function Snow() {
  const run = await currentRun();
  const { mean, deviation } = await api.latents.spread(run);
  const painted = await api.latents.randomPictures(run);
  return (
    <LiveSnow
      mean={encodeFloats(mean)}
      deviation={encodeFloats(deviation)}
      factor={`${drawnAddress(run)}/latents/factor`}
      first={painted.map((picture) => encodeBytes(Uint8Array.from(picture, greyByte)))}
    />
  );
}
