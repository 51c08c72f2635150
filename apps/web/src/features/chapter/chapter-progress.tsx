"use client";
import { useEffect, useState } from "react";
import { answeredOf, progressChanged } from "./progress.ts";

/** How many of a chapter's questions the reader has answered; nothing until one is. */
export function ChapterProgress({ questions }: { questions: readonly string[] }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const update = () => setCount(answeredOf(questions));
    update();
    addEventListener(progressChanged, update);
    return () => removeEventListener(progressChanged, update);
  }, [questions]);
  if (count === 0) return null;
  return (
    <span data-part="progress">
      · {count} of {questions.length} questions answered
    </span>
  );
}
