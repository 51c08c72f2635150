"use client";
import { answers, countAnswered } from "../../shared/progress.ts";
import { useStored } from "../../shared/storage.ts";

/** How many of a chapter's questions the reader has answered; none too, so that no line is added with the first answer. */
export function ChapterProgress({ questions }: { questions: readonly string[] }) {
  const given = useStored(answers);
  const count = countAnswered(given, questions);
  return (
    <span data-part="progress">
      · {count} of {questions.length} questions answered
    </span>
  );
}
