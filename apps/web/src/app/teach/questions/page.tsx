import { Fragment } from "react";
import { type Chapter, chapters } from "../../../../content/chapters.ts";
import { questionsOf } from "../../../features/chapter/chapter-elements.ts";
import { QuestionSheet } from "../../../features/chapter/question.tsx";
import { currentRunResult } from "../../../features/run/current-run.ts";
import { Failure } from "../../../features/run/failure.tsx";
import { guarded } from "../../../features/run/guarded.tsx";
import { withPreview } from "../../../features/shell/preview.ts";
import styles from "../../../features/teach/teach.module.css";

export const generateMetadata = () =>
  withPreview(
    {
      title: "Questions to print",
      description: "The questions of all chapters on paper, without or with answers.",
    },
    { sample: 40 },
  );

/** All questions on a sheet; `?answers=1` adds the answers, computed from the run, and why. */
export default async function QuestionsPage({ searchParams }: { searchParams: Promise<{ answers?: string }> }) {
  const loaded = await currentRunResult();
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const answers = (await searchParams).answers === "1";
  return (
    <article className="prose">
      <h1>{answers ? "Questions and answers" : "Questions"}</h1>
      <p className={`note ${styles.screen}`}>
        {answers ? (
          <a href="/teach/questions">Without answers</a>
        ) : (
          <a href="/teach/questions?answers=1">With answers, computed from the run</a>
        )}{" "}
        · <a href="/teach">For teachers</a> · Print this page: each chapter keeps its questions together.
      </p>
      <QuestionSheet answers={answers}>
        {chapters
          .filter((chapter) => chapter.questions.length > 0)
          .map((chapter) => (
            <section key={chapter.slug} className={styles.sheet}>
              <h2>
                <a className={styles.alone} href={`/chapters/${chapter.slug}`}>
                  {chapter.number}. {chapter.title}
                </a>
              </h2>
              <Questions chapter={chapter} />
            </section>
          ))}
      </QuestionSheet>
    </article>
  );
}

function Questions({ chapter }: { chapter: Chapter }) {
  return questionsOf(chapter).map((question, at) => <Fragment key={at}>{guarded(question)}</Fragment>);
}
