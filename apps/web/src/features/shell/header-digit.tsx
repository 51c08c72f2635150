import { defaultSample, encodeDigit, weightsKey } from "../digit/recorded-digits.ts";
import { serverRun } from "../run/server-run.ts";
import { HeaderDigitLive } from "./header-digit-live.tsx";

/** The header's picture, code, picture, with the default digit of a run; empty when there is no such run. */
export async function HeaderDigit({ name }: { name: string }) {
  const loaded = await serverRun(name);
  if (!loaded.ok) return null;
  const samples = await loaded.source.samples().catch(() => undefined); // the page itself says what is wrong
  if (!samples) return null;
  return <HeaderDigitLive initial={encodeDigit(samples, defaultSample)} weights={weightsKey(loaded.source.run)} />;
}
