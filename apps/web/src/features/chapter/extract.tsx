import type { MDXComponents } from "mdx/types";
import type { Chapter } from "../../../content/chapters.ts";
import { glanceFigures } from "../run/figures.tsx";
import type { RunSource } from "../run/run-source.ts";
import { chapterFigures } from "./figures.tsx";

/**
 * A chapter with everything left out but some of its parts, so that lists of headings or questions cannot fall behind
 * the chapters.
 * @param keep what stays, by the names that its prose uses
 */
export async function Extract({
  chapter,
  source,
  keep,
}: {
  chapter: Chapter;
  source: RunSource;
  keep: (all: MDXComponents) => MDXComponents;
}) {
  const all: MDXComponents = { ...glanceFigures(source), ...chapterFigures(source) };
  const prose = ["h1", "h2", "h3", "p", "ul", "ol", "table", "pre", "blockquote"];
  const nothing = Object.fromEntries([...Object.keys(all), ...prose].map((name) => [name, () => null]));
  const { default: Content } = await chapter.load();
  return <Content components={{ ...nothing, ...keep(all) }} />;
}
