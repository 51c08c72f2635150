"use client";
import { useStored } from "../../shared/storage.ts";
import { answers, countAnswered } from "./progress.ts";

/** How many of a chapter's questions the reader has answered; nothing until one is. */
export function ChapterProgress({ questions }: { questions: readonly string[] }) {
  const given = useStored(answers);
  const count = countAnswered(given, questions);
  if (count === 0) return null;
  return (
    <span data-part="progress">
      · {count} of {questions.length} questions answered
    </span>
  );
}
