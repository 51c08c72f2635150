"use client";
import { floatsOf } from "@autoencoder/data";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useChapter, useChapterIfLive } from "../../src/features/chapter/chapter-live.tsx";
import type { RebuiltDigit } from "../../src/features/digit/digits.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";

/** A test digit: its place among the test images, from 0, and what it is. */
export interface TestDigit {
  index: number;
  label: number;
}

interface Kept {
  /** The value of the code that the reader chose, from 0. */
  chosen: number | undefined;
  /** The one that changes the digit most, which is chosen until the reader chooses. */
  suggested: number | undefined;
  /** A code that the reader moved, and the digit's own that it was. */
  moved: { of: Float32Array; code: Float32Array } | undefined;
  /** The test digit that the pointer or the keys are at, on the map or in a list. */
  pointed: TestDigit | undefined;
  /** The walk from the page's digit to another test digit, and how far it has come, 0 to 1. */
  walk: { to: TestDigit; part: number } | undefined;
  problem: string | undefined;
}

const nothing: Kept = {
  chosen: undefined,
  suggested: undefined,
  moved: undefined,
  pointed: undefined,
  walk: undefined,
  problem: undefined,
};

const Selected = createContext<{ kept: Kept; set: (changes: Partial<Kept>) => void }>({ kept: nothing, set() {} });

/** What the chapter's figures agree on, beside the page's digit: one value, one code, one test digit, one walk. */
export function OneSelection({ children }: { children: ReactNode }) {
  const [kept, setKept] = useState(nothing);
  const selection = useMemo(
    () => ({ kept, set: (changes: Partial<Kept>) => setKept((now) => ({ ...now, ...changes })) }),
    [kept],
  );
  return useChapterIfLive() ? <Selected value={selection}>{children}</Selected> : children;
}

/** The chapter's selection, and the means to change it. */
export function useSelection() {
  const { data, live } = useChapter();
  const { kept, set } = useContext(Selected);
  const digit: RebuiltDigit = live.digit ?? live.recorded;
  const own = digit.origin.kind === "test" ? digit.origin : undefined;
  const { recorded } = live;
  const isOpening = recorded.origin.kind === "test" && own?.index === recorded.origin.index;
  const moved = kept.moved?.of === digit.latent ? kept.moved : undefined;
  const code = moved?.code ?? digit.latent;
  return {
    digit,
    /** The page's digit, where it is a test digit. */
    own,
    /** The digit's code: of the one that the page opens on as the trainer recorded it, to which the server's answers belong. */
    latent: isOpening ? recorded.latent : digit.latent,
    value: kept.chosen ?? kept.suggested ?? 0,
    chooseValue: (chosen: number) => set({ chosen }),
    suggest: (suggested: number) => set({ suggested }),
    /** The digit's code as the reader moved it: [latent] */
    code,
    isMoved: moved !== undefined,
    move(index: number, to: number) {
      const next = code.slice();
      next[index] = to;
      set({ moved: { of: digit.latent, code: next } });
    },
    reset: () => set({ moved: undefined }),
    pointed: kept.pointed,
    point(pointed: TestDigit | undefined) {
      if (pointed?.index !== kept.pointed?.index) set({ pointed });
    },
    /** Undefined until it has begun. */
    walk: kept.walk,
    walkTo: (to: TestDigit, part: number) => set({ walk: { to, part } }),
    /** Makes a test digit the page's digit; of two that are taken the later counts. */
    async take({ index, label }: TestDigit) {
      const sample = data.digits.findIndex((known) => known.index === index);
      const isNewest = live.begin();
      try {
        const [pixels] = await fetchTestDigits([index]);
        if (!isNewest()) return;
        set({ problem: undefined });
        await live.show(floatsOf(pixels as Uint8Array), {
          kind: "test",
          sample: sample < 0 ? undefined : sample,
          index,
          label,
        });
      } catch (error) {
        if (isNewest()) set({ problem: `Test digit ${index} did not load: ${(error as Error).message}.` });
      }
    },
    problem: kept.problem,
  };
}

export type Selection = ReturnType<typeof useSelection>;
