"use client";
import { useSyncExternalStore } from "react";
import { type AnswerId, answerIds } from "./answer-ids.ts";
import { isEmpty } from "./report-parts.ts";
import { type Texts, textKey, textsIn } from "./texts.ts";

const texts: Texts = textsIn(() => localStorage);

/** Also when another tab wrote, and when this page comes back from the background, where it hears of nothing. */
function subscribe(changed: () => void): () => void {
  const unsubscribe = texts.subscribe(changed);
  const events = ["storage", "pageshow", "focus"];
  for (const event of events) addEventListener(event, changed);
  return () => {
    unsubscribe();
    for (const event of events) removeEventListener(event, changed);
  };
}

/** A text of a run's report and how to change it; undefined on the server, which has none. */
export function useText(run: string, id: string): [string | undefined, (text: string) => void] {
  const key = textKey(run, id);
  const text = useSyncExternalStore(
    subscribe,
    () => texts.read(key),
    () => undefined,
  );
  return [text, (next) => texts.write(key, next)];
}

/** The answers of a run's report that are empty, in their order; all of them on the server. */
export function useEmptyAnswers(run: string): AnswerId[] {
  const list = (empty: (id: AnswerId) => boolean) => answerIds.filter(empty).join(" ");
  const empty = useSyncExternalStore(
    subscribe,
    () => list((id) => isEmpty(readText(run, id))),
    () => list(() => true),
  );
  return answerIds.filter((id) => empty.split(" ").includes(id));
}

/** A text as it stands now. */
export function readText(run: string, id: string): string {
  return texts.read(textKey(run, id));
}

/** Whether this browser refuses to keep what is written. */
export function useRefused(): boolean {
  return useSyncExternalStore(subscribe, texts.refused, () => false);
}
