"use client";
import { useSyncExternalStore } from "react";
import { localTexts } from "../../shared/storage.ts";
import { type AnswerId, answerIds, isEmpty } from "./report-template.ts";

/**
 * What a student writes in a report: kept in this browser alone, as it is typed, a text under a key of its own, so that
 * two tabs that write different answers do not overwrite each other's.
 */
const prefix = "report/";

function keyOf(run: string, id: string): string {
  return `${prefix}${run}/${id}`;
}

/** A text of a run's report and how to change it; undefined on the server, which has none. */
export function useText(run: string, id: string): [string | undefined, (text: string) => void] {
  const text = useSyncExternalStore(
    localTexts.subscribe,
    () => readText(run, id),
    () => undefined,
  );
  return [text, (next) => localTexts.write(keyOf(run, id), next === "" ? undefined : next)];
}

/** The answers of a run's report that are empty, in their order; all of them on the server. */
export function useEmptyAnswers(run: string): AnswerId[] {
  const list = (empty: (id: AnswerId) => boolean) => answerIds.filter(empty).join(" ");
  const empty = useSyncExternalStore(
    localTexts.subscribe,
    () => list((id) => isEmpty(readText(run, id))),
    () => list(() => true),
  );
  return answerIds.filter((id) => empty.split(" ").includes(id));
}

/** A text as it stands now. */
export function readText(run: string, id: string): string {
  return localTexts.read(keyOf(run, id)) ?? "";
}

/** Whether this browser refuses to keep what is written. */
export function useRefused(): boolean {
  return useSyncExternalStore(
    localTexts.subscribe,
    () => localTexts.refused(prefix),
    () => false,
  );
}
