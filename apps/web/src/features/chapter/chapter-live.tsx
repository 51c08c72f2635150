"use client";
import { floatsOf } from "@autoencoder/data";
import { type MapLayer, mapLayersOf } from "@autoencoder/model";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { pictureAt } from "../../shared/pixels.ts";
import { DigitChooser } from "../digit/digit-chooser.tsx";
import type { LiveData } from "../digit/live-data.ts";
import { Restarted } from "../digit/restarted.tsx";
import { useLiveDigit } from "../digit/use-live-digit.ts";
import { useTestDigits } from "../digit/use-test-digits.ts";
import { sampleAsked } from "./asked.ts";
import styles from "./choose-digit.module.css";

type Live = ReturnType<typeof useLiveDigit>;

interface ChapterDigit {
  data: LiveData;
  live: Live;
  pictures: () => Promise<Uint8Array>;
  layers: readonly MapLayer[];
}

const Chapter = createContext<ChapterDigit | undefined>(undefined);

/** One digit and one network for all figures of a chapter: a forward pass for each digit, not for each figure. */
export function ChapterLive({ data, children }: { data: LiveData; children: ReactNode }) {
  const live = useLiveDigit(data);
  const pictures = useTestDigits(data);
  const layers = useMemo(() => mapLayersOf(data.network.spec), [data.network.spec]);
  useAskedDigit({ data, begin: live.begin, show: live.show, pictures });
  return (
    <Chapter value={{ data, live, pictures, layers }}>
      <div hidden data-state={live.state.kind} />
      {children}
    </Chapter>
  );
}

/** Takes the recorded sample that `?digit=` names, so that a link can choose the digit; others are ignored. */
function useAskedDigit({
  data,
  begin,
  show,
  pictures,
}: Pick<ChapterDigit, "data" | "pictures"> & Pick<Live, "begin" | "show">) {
  useEffect(() => {
    const sample = sampleAsked(location.search);
    const known = sample === undefined ? undefined : data.digits[sample];
    if (sample === undefined || !known) return;
    begin();
    pictures()
      .then((bytes) => show(floatsOf(pictureAt(bytes, sample)), { kind: "test", sample, ...known }))
      .catch(() => {}); // without the pictures the chapter keeps the digit that it opens on
  }, [data.digits, begin, show, pictures]);
}

/** The chapter's digit and network. @throws Error outside of a chapter that has one */
export function useChapter(): ChapterDigit {
  const chapter = useContext(Chapter);
  if (!chapter) throw new Error("expected a figure inside ChapterLive: set live in content/chapters.ts");
  return chapter;
}

/** The same, for a figure that also stands in chapters without. */
export function useChapterIfLive(): ChapterDigit | undefined {
  return useContext(Chapter);
}

/** Which digit the chapter's figures show, and the means to take or draw another; and what does not work. */
export function ChooseDigit() {
  const { data, live, pictures } = useChapter();
  return (
    <div className={styles.choose} data-part="choose-digit">
      <DigitChooser data={data} live={live} pictures={pictures} />
      {live.state.kind === "failed" && (
        <p className="notice" role="alert">
          {live.state.problem.sentence} The figures show what the server computed for test digit {data.first.index}.{" "}
          <button type="button" onClick={live.connect}>
            Try again
          </button>
        </p>
      )}
      <Restarted client={live.client} />
    </div>
  );
}

/** A figure's button with the note beside it. */
export function WithLiveNote({ children }: { children: ReactNode }) {
  return (
    <div className={styles.withNote}>
      {children}
      <LiveNote />
    </div>
  );
}

/** Why a figure that the network paints does not move yet. Once it does the line is empty but stays, so that nothing moves. */
export function LiveNote() {
  const { state } = useChapter().live;
  return (
    <p className={`note ${styles.liveNote}`} role="status" data-part="live-note">
      {state.kind === "failed" && `The live network does not compute here: ${state.problem.sentence}`}
      {state.kind !== "failed" && state.kind !== "live" && "The live network is loading."}
    </p>
  );
}
