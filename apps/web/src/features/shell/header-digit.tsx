import type { Run } from "@autoencoder/model/run";
import { weightsKey } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { defaultSample, encodeDigit } from "../digit/server-data.ts";
import { HeaderDigitLive } from "./header-digit-live.tsx";

/** The header's picture, code, picture, with the default digit of a run; empty when its samples do not open. */
export async function HeaderDigit({ run }: { run: Run }) {
  const samples = await api.digits.samples(run).catch(() => undefined); // the page itself says what is wrong
  return samples && <HeaderDigitLive initial={encodeDigit(samples, defaultSample)} weights={weightsKey(run)} />;
}
