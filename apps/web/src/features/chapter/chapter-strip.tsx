import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { defaultSample, encodeDigit } from "../digit/server-data.ts";
import { currentRun } from "../run/current-run.ts";
import { LiveStrip } from "./lazy.ts";
import type { LitPart } from "./live-strip.tsx";

export interface ChapterStripProps {
  /** The part that the chapter is about; left out, all of the network is. */
  lit?: LitPart;
  /** Whether a phone shows every layer, one under the other. */
  upright?: boolean;
}

/** The strip of every number: of the chapter's digit where the chapter is live, else of the digit that pages open on. */
export async function ChapterStrip({ lit, upright }: ChapterStripProps) {
  const run = await currentRun();
  const samples = await api.digits.samples(run);
  const sample = Math.min(defaultSample, samples.count - 1);
  return (
    <LiveStrip
      spec={run.spec}
      drawn={`${drawnAddress(run)}/${sample}`}
      first={encodeDigit(samples, sample)}
      part={lit}
      upright={upright}
    />
  );
}
