import { isValidElement, type ReactElement, type ReactNode } from "react";
import { contentOf } from "../../../content/chapter-contents.ts";
import type { Chapter } from "../../../content/chapters.ts";

/** What a chapter's prose is made of, none of it drawn: lists made of it cannot fall behind the chapters. */

/** A chapter's headings, by what they say. */
export function headingsOf(chapter: Chapter): ReactNode[] {
  return elementsOf(chapter)
    .filter(({ type }) => type === "h2")
    .map(({ props }) => props.children);
}

/** A chapter's questions, to be drawn elsewhere. */
export function questionsOf(chapter: Chapter): ReactElement[] {
  return elementsOf(chapter).filter(({ type }) => typeof type === "function" && "questionId" in type);
}

type Element = ReactElement<{ children?: ReactNode }>;

/** All elements of the chapter's MDX in reading order. */
function elementsOf(chapter: Chapter): Element[] {
  return within(contentOf(chapter)({ components: { h2: "h2" } }));
}

function within(node: ReactNode): Element[] {
  if (Array.isArray(node)) return node.flatMap(within);
  return isValidElement<Element["props"]>(node) ? [node, ...within(node.props.children)] : [];
}
