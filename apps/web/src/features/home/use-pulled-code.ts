import { useMemo, useState } from "react";
import { success } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { LiveDigit } from "../digit/use-live-digit.ts";
import { type CodeEnds, useStrongestValue } from "../digit/use-strongest-value.ts";

interface Pulled {
  /** The code that the encoder made, which is pulled: another digit's begins anew. */
  of: Float32Array;
  code: Float32Array;
  /** Which digit's code all values move to, and how far they are, 0 to 1. */
  towards?: { label: number; part: number };
}

/** A digit's code with the values that the reader has pulled, and what the decoder makes of it. */
export function usePulledCode(live: LiveDigit, ends: CodeEnds) {
  const { client, state, digit } = live;
  const [kept, setKept] = useState<Pulled>();
  const latent = digit?.latent;
  const pulled = kept && kept.of === latent ? kept : undefined;
  const isLive = state.kind === "live";

  const decode = useMemo(() => {
    if (!pulled || !isLive) return undefined;
    return async (signal: AbortSignal) => {
      const result = await client.decode({ latent: pulled.code, everything: true }, { signal });
      return result.ok ? success({ of: pulled.of, ...result.value }) : result;
    };
  }, [client, isLive, pulled]);
  const { value: decoded, result } = useAsk(decode);
  const painted = pulled && decoded?.of === latent ? decoded : undefined;

  const strongest = useStrongestValue(live, ends);
  const activations = digit?.activations?.values;
  const numbers = useMemo(() => {
    if (!activations || !painted?.numbers) return activations;
    const all = activations.slice();
    all.set(painted.numbers, all.length - painted.numbers.length);
    return all;
  }, [activations, painted]);

  const set = (code: Float32Array, towards?: Pulled["towards"]) =>
    latent && setKept({ of: latent, code, ...(towards && { towards }) });
  return {
    /** The code as it is now: the encoder's where nothing is pulled. */
    code: pulled?.code ?? latent,
    isPulled: pulled !== undefined,
    towards: pulled?.towards,
    /** What the decoder paints of it, and the numbers of all layers. */
    reconstruction: painted?.reconstruction ?? digit?.reconstruction,
    numbers,
    /** Undefined until it is found. */
    strongest,
    problem: result?.ok === false ? result.problem.sentence : undefined,
    pull(index: number, value: number) {
      const code = (pulled?.code ?? latent)?.slice();
      if (!code) return;
      code[index] = value;
      set(code);
    },
    /** All values between this digit's and another's. */
    goTowards(other: { label: number; latent: Float32Array }, part: number) {
      const code = latent?.map((value, at) => value + ((other.latent[at] as number) - value) * part);
      if (code) set(code, { label: other.label, part });
    },
    reset: () => setKept(undefined),
  };
}

export type PulledDigit = ReturnType<typeof usePulledCode>;
