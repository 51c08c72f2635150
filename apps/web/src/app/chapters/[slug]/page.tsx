import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ComponentProps } from "react";
import { chapters } from "../../../../content/chapters.ts";
import { ChapterLive } from "../../../features/chapter/chapter-live.tsx";
import { chapterFigures } from "../../../features/chapter/figures.tsx";
import { ChapterEnd, ChapterHead } from "../../../features/chapter/frame.tsx";
import { Presenter } from "../../../features/chapter/lazy.ts";
import { liveData } from "../../../features/digit/server-data.ts";
import { Failure } from "../../../features/run/failure.tsx";
import { glanceFigures } from "../../../features/run/figures.tsx";
import { defaultRun, serverRun } from "../../../features/run/server-run.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ run?: string | string[]; present?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) return {};
  return { title: chapter.title, ...(chapter.keep && { description: chapter.keep }) };
}

/** A chapter, its figures drawn for the run that `?run=` names. */
export default async function ChapterPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) notFound();
  const { run: asked, present } = await searchParams;
  const name = (Array.isArray(asked) ? asked[0] : asked) ?? defaultRun;
  const loaded = await serverRun(name);
  if (!loaded.ok) return <Failure title="This run cannot be shown" problem={loaded.problem} name={name} />;
  const { source } = loaded;
  const data = chapter.live ? await liveData(source).catch((error: Error) => error.message) : undefined;
  if (typeof data === "string") return <Failure title="This run cannot be shown" problem={data} name={name} />;
  const { default: Content } = await chapter.load();
  const h1 = (props: ComponentProps<"h1">) => (
    <>
      <h1 {...props} />
      <ChapterHead chapter={chapter} />
    </>
  );
  const content = <Content components={{ ...glanceFigures(source), ...chapterFigures(source), h1 }} />;
  return (
    <article className="prose">
      {data ? <ChapterLive data={data}>{content}</ChapterLive> : content}
      <ChapterEnd chapter={chapter} />
      {present !== undefined && <Presenter />}
    </article>
  );
}
