import type { Run } from "@autoencoder/model/run";
import { type Chapter, chapters } from "../../../content/chapters.ts";
import { lesson } from "../../../content/lesson.ts";
import { headingsOf } from "../../features/chapter/chapter-elements.ts";
import { headingId } from "../../features/chapter/prose.tsx";
import { collapsedRun } from "../../features/run/compared-runs.ts";
import { findRun } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import styles from "../../features/teach/teach.module.css";
import { defaultRun } from "../../shared/default-run.ts";
import { drawnAddress } from "../../shared/run-addresses.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "For teachers",
      description:
        "A lesson of 45 minutes in five links, how to present a chapter, a link to every part, questions to print.",
    },
    { sample: 40 },
  );

/** A lesson, how to present, where everything is. */
export default async function TeachPage() {
  const loaded = await findRun(defaultRun);
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const collapsed = await collapsedRun();
  return (
    <article className={`prose ${styles.teach}`}>
      <h1>For teachers</h1>
      <p>
        Everything here runs in a browser, without accounts; answers and drawings stay on the student’s machine. The
        figures are those of one trained network, so whatever you say about them can be checked on the screen.
      </p>
      <h2>A lesson of {lesson.reduce((sum, { minutes }) => sum + minutes, 0)} minutes</h2>
      <p>It needs a projector, and phones or laptops for the students. Each link opens the figure large.</p>
      <ol className={styles.lesson} data-testid="lesson">
        {lesson.map(({ title, minutes, slug, heading, digit, picture, say, ask, listen }) => (
          <li key={title}>
            <h3>
              <a className={styles.alone} href={presented(slug, heading, digit)}>
                {title}
              </a>{" "}
              <span className="number">{minutes} min</span>
            </h3>
            <Picture run={picture.collapsed ? collapsed : loaded.value} drawn={picture.drawn} />
            <p>{say}</p>
            <p>
              <b>Ask:</b> {ask}
            </p>
            <p>
              <b>Listen for:</b> {listen}
            </p>
          </li>
        ))}
      </ol>
      <h2>Presenting</h2>
      <p>
        <code>?present=1</code> behind a chapter’s address shows one figure or question at a time in large type. The
        arrow keys or the buttons at the bottom walk, Escape ends. The address counts along, so that any step can be
        linked. <code>&amp;digit=34</code> lets the chapter open on a recorded test digit: 0 to 9 are zeros, 10 to 19
        ones, and so on. What you choose in a figure with buttons goes into the address as well: see the sizes in{" "}
        <a href="/chapters/counting?latent=128">Counting</a>. The address of <a href="/viewer">the viewer</a> holds its
        whole view: digit, layer, map and value.
      </p>
      <h2>Questions to print</h2>
      <ul>
        <li>
          <a className={styles.alone} href="/teach/questions">
            All questions, without answers
          </a>
        </li>
        <li>
          <a className={styles.alone} href="/teach/questions?answers=1">
            The same with answers and why
          </a>
          , computed from the run
        </li>
      </ul>
      <h2>Every part</h2>
      <p>The name leads to the page, “present” to the same figures one at a time.</p>
      {chapters.map((chapter) => (
        <Headings key={chapter.slug} chapter={chapter} />
      ))}
    </article>
  );
}

/** What a step is about; nothing where its run is not here. */
function Picture({ run, drawn }: { run: Run | undefined; drawn: string }) {
  if (!run) return null;
  // biome-ignore lint/performance/noImgElement: a picture that the server draws, served as it is
  return <img src={`${drawnAddress(run)}/${drawn}`} alt="" width="84" height="84" loading="lazy" />;
}

/** Where a chapter is presented from a heading on. */
function presented(slug: string, heading?: string, digit?: number): string {
  const of = digit === undefined ? "" : `&digit=${digit}`;
  return `/chapters/${slug}?present=1${of}${heading ? `#${heading}` : ""}`;
}

/** The headings of a chapter, taken from its prose. */
function Headings({ chapter }: { chapter: Chapter }) {
  const headings = headingsOf(chapter);
  return (
    <section>
      <h3>
        {chapter.number}.{" "}
        <a className={styles.alone} href={`/chapters/${chapter.slug}`}>
          {chapter.title}
        </a>{" "}
        <span className="number">{chapter.minutes} min</span>
      </h3>
      <ul className={styles.pages} data-testid="headings">
        {headings.map((heading) => {
          const id = headingId(heading);
          return (
            <li key={id}>
              <a href={`/chapters/${chapter.slug}#${id}`}>{heading}</a>
              <a href={presented(chapter.slug, id)} aria-label={`present: ${id.replaceAll("-", " ")}`}>
                present
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
