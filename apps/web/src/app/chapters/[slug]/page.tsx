import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ComponentProps } from "react";
import { contentOf } from "../../../../content/chapter-contents.ts";
import { chapters } from "../../../../content/chapters.ts";
import { ChapterEnd, ChapterHead, ChapterPlace } from "../../../features/chapter/chapter-head.tsx";
import { ChapterLive } from "../../../features/chapter/chapter-live.tsx";
import { Presenter } from "../../../features/chapter/lazy.ts";
import { liveData } from "../../../features/digit/server-data.ts";
import { currentRunResult } from "../../../features/run/current-run.ts";
import { Failure } from "../../../features/run/failure.tsx";
import { guarded } from "../../../features/run/guarded.tsx";
import { withPreview } from "../../../features/shell/preview.ts";
import { attempt, sentenceOf } from "../../../shared/result.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ present?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) return {};
  const metadata = { title: chapter.title, description: `${chapter.question} ${chapter.keep}` };
  return withPreview(metadata, { sample: chapter.number * samplesApart, run: chapter.announcedBy });
}

/** Of the hundred recorded samples, ten for each digit in their order, every chapter is announced by another one. */
const samplesApart = 9;

/** A chapter; its figures take the run that `?run=` names from `currentRun`. */
export default async function ChapterPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) notFound();
  const { present } = await searchParams;
  const loaded = await currentRunResult();
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const run = loaded.value;
  const data = chapter.live ? await attempt(() => liveData(run)) : undefined;
  const h1 = (props: ComponentProps<"h1">) => (
    <>
      <ChapterPlace chapter={chapter} />
      <h1 {...props} />
      <ChapterHead chapter={chapter} />
    </>
  );
  // Without live data every figure that runs in the page fails, and says why.
  const content = guarded(contentOf(chapter)({ components: { h1 } }), { problem: sentenceOf(data) });
  return (
    <article className="prose">
      {data?.ok ? <ChapterLive data={data.value}>{content}</ChapterLive> : content}
      <ChapterEnd chapter={chapter} />
      {present !== undefined && <Presenter />}
    </article>
  );
}
