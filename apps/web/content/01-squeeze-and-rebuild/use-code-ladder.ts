import { useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import type { NetworkFiles } from "../../src/network/index.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { askServer } from "../../src/trpc/ask.ts";
import type { CodeRung } from "./code-rung.ts";

type Picture = Uint8Array | Float32Array;

/** Networks that the page has asked for, by run: each is described once. */
const described = new Map<string, Promise<NetworkFiles>>();

function networkOf(run: string): Promise<NetworkFiles> {
  const known = described.get(run) ?? askServer((api) => api.network.query({ name: run }));
  described.set(run, known);
  known.catch(() => described.delete(run));
  return known;
}

/**
 * The chapter's digit as each network rebuilds it. A network is loaded once its rung is chosen; until then only the digit
 * that the page opens on is known of it.
 * @returns of each rung its picture, undefined while it is not computed; how to choose one; why the chosen one does not come
 */
export function useCodeLadder(rungs: readonly CodeRung[]) {
  const { live, data } = useChapter();
  const own = rungs.findIndex(({ weights }) => weights === data.weights);
  const [chosen, setChosen] = useState(own === -1 ? rungs.length - 1 : own);
  const [loaded, setLoaded] = useState<ReadonlySet<number>>(new Set());
  const opening = useMemo(() => rungs.map(({ first }) => decodeBytes(first)), [rungs]);
  const { pixels, reconstruction } = live.digit ?? live.recorded;
  const isOpening = live.digit === undefined || same(pixels, live.recorded.pixels);
  const ask = useMemo(() => {
    if (isOpening || loaded.size === 0) return undefined;
    return (signal: AbortSignal) =>
      attempt(async () => {
        const rebuilt = new Map<number, Float32Array>();
        for (const at of loaded) {
          const network = await networkOf((rungs[at] as CodeRung).run);
          const answer = await live.client.reconstructBy({ network, pixels }, { signal });
          if (!answer.ok) throw new Error(answer.problem.sentence);
          rebuilt.set(at, answer.value.reconstruction);
        }
        return { pixels, rebuilt };
      });
  }, [isOpening, loaded, pixels, rungs, live.client]);
  const { value, result } = useAsk(ask, { wait: 100 });
  const computed = value && value.pixels === pixels ? value.rebuilt : undefined;
  const pictures = rungs.map((_, at): Picture | undefined => {
    if (at === own) return reconstruction;
    return isOpening ? opening[at] : computed?.get(at);
  });
  return {
    pixels,
    pictures,
    chosen,
    problem: isOpening ? undefined : sentenceOf(result),
    choose(at: number) {
      setChosen(at);
      if (at !== own) setLoaded((before) => new Set(before).add(at));
    },
  };
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
