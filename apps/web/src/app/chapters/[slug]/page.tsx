import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { chapters } from "../../../../content/chapters.ts";
import { Failure } from "../../../figures/failure.tsx";
import { glanceFigures } from "../../../figures/glance/figures.tsx";
import { defaultRun, serverRun } from "../../../run-source/server-run.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ run?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  return chapter ? { title: chapter.title } : {};
}

/** A chapter, its figures drawn for the run that `?run=` names. */
export default async function ChapterPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) notFound();
  const asked = (await searchParams).run;
  const name = (Array.isArray(asked) ? asked[0] : asked) ?? defaultRun;
  const loaded = await serverRun(name);
  if (!loaded.ok) return <Failure title="This run cannot be shown" problem={loaded.problem} name={name} />;
  const { default: Content } = await chapter.load();
  return (
    <article className="prose">
      <p className="chapter-head note">
        {chapter.minutes} minutes · for the marks: {chapter.marks}
      </p>
      <Content components={glanceFigures(loaded.source)} />
    </article>
  );
}
