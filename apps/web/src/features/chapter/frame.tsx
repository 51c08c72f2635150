import "../../styles/chapter.css";
import type { ComponentProps, ReactNode } from "react";
import type { Chapter } from "../../../content/chapters.ts";
import { chapters } from "../../../content/chapters.ts";
import { glossary } from "../../../content/glossary.ts";
import { sources } from "../../../content/sources.ts";
import { ChapterProgress } from "./chapter-progress.tsx";

/** What a chapter opens with: minutes, marks, goals. */
export function ChapterHead({ chapter }: { chapter: Chapter }) {
  return (
    <header className="chapter-head">
      <p className="note">
        Chapter {chapter.number} · {chapter.minutes} minutes · for the marks: {chapter.marks}{" "}
        <ChapterProgress questions={chapter.questions} />
      </p>
      {chapter.goals.length > 0 && (
        <details className="more" open>
          <summary>After this chapter you can</summary>
          <ul>
            {chapter.goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
}

/** What it ends with: one sentence to keep, and the way on. */
export function ChapterEnd({ chapter }: { chapter: Chapter }) {
  const at = chapters.indexOf(chapter);
  const [before, after] = [chapters[at - 1], chapters[at + 1]];
  return (
    <footer className="chapter-end">
      {chapter.keep && (
        <p className="keep">
          <b>To keep:</b> {chapter.keep}
        </p>
      )}
      <nav aria-label="Chapters before and after">
        {before && (
          <a href={`/chapters/${before.slug}`} rel="prev">
            <small>before</small>
            {before.title}
          </a>
        )}
        {after && (
          <a href={`/chapters/${after.slug}`} rel="next">
            <small>next</small>
            {after.title}
          </a>
        )}
      </nav>
    </footer>
  );
}

/** More than the chapter needs, closed until it is asked for. */
export function Deeper({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="more deeper">
      <summary>Deeper: {title}</summary>
      {children}
    </details>
  );
}

/** A word of the glossary; its card opens on a tap or with Enter, without script. */
export function Term({ children, of }: { children: string; of?: string }) {
  const name = (of ?? children).toLowerCase();
  const meaning = glossary[name];
  if (!meaning) throw new Error(`expected a word of content/glossary.ts but got "${name}"`);
  const id = `term-${name.replaceAll(" ", "-")}`;
  return (
    <>
      <button type="button" className="term" popoverTarget={id}>
        {children}
      </button>
      <span id={id} popover="auto" role="note" className="term-card">
        <b>{name}</b> {meaning}
      </span>
    </>
  );
}

/** A publication, as a note beside the paragraph that it stands at the end of; below it where there is no margin. */
export function Source({ of }: { of: keyof typeof sources }) {
  const { authors, title, in: place, year, href } = sources[of];
  return (
    <small className="source">
      {authors}: <a href={href}>{title}</a>. {place}, {year}.
    </small>
  );
}

/** What the address of a heading ends with. */
export function headingId(children: ReactNode): string {
  const words = [children].flat().filter((part) => typeof part === "string");
  return words
    .join("")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

/** A heading that can be linked to. */
export function Heading({ children }: ComponentProps<"h2">) {
  return <h2 id={headingId(children)}>{children}</h2>;
}

/** Code to copy; a block that scrolls sideways must take the focus. */
export function CodeBlock(props: ComponentProps<"pre">) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: as said
  return <pre tabIndex={0} {...props} />;
}
