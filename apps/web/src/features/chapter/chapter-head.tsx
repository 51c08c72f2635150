import { Fold } from "@autoencoder/ui";
import { type Chapter, chapters } from "../../../content/chapters.ts";
import styles from "./chapter-head.module.css";
import { ChapterProgress } from "./chapter-progress.tsx";

/** Where a chapter stands on the site: above its title. */
export function ChapterPlace({ chapter }: { chapter: Chapter }) {
  return (
    <nav aria-label="Breadcrumb" className={styles.place}>
      <a href={`/chapters/${chapters[0]?.slug}`}>Learn</a> <span aria-hidden="true">›</span>{" "}
      <span aria-current="page">Chapter {chapter.number}</span>
    </nav>
  );
}

/** What a chapter opens with: its question, minutes, marks, goals. */
export function ChapterHead({ chapter }: { chapter: Chapter }) {
  return (
    <header className={styles.head}>
      <p className={styles.question}>{chapter.question}</p>
      <p className="note">
        Chapter {chapter.number} of {chapters.length} · {chapter.minutes} minutes · marks:{" "}
        {chapter.marks.replace(/^row /, "row\u00a0")} <ChapterProgress questions={chapter.questions} />
      </p>
      {chapter.goals.length > 0 && (
        <Fold summary="After this chapter you can" open>
          <ul>
            {chapter.goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ul>
        </Fold>
      )}
    </header>
  );
}

/** What it ends with: one sentence to keep, and the way on. */
export function ChapterEnd({ chapter }: { chapter: Chapter }) {
  const at = chapters.indexOf(chapter);
  const [before, after] = [chapters[at - 1], chapters[at + 1]];
  return (
    <footer className={styles.end}>
      {chapter.keep && (
        <p className={styles.keep}>
          <b>To keep:</b> {chapter.keep}
        </p>
      )}
      <nav aria-label="Chapters before and after">
        {before && (
          <a href={`/chapters/${before.slug}`} rel="prev">
            <small>before</small>
            <span>{before.title}</span>
          </a>
        )}
        {after && (
          <a href={`/chapters/${after.slug}`} rel="next">
            <small>next</small>
            <span>{after.title}</span>
          </a>
        )}
      </nav>
    </footer>
  );
}
