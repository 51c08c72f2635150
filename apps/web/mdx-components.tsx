import type { MDXComponents } from "mdx/types";
import { ChooseDigit } from "./src/features/chapter/chapter-live.tsx";
import { Formula } from "./src/features/chapter/formula.tsx";
import { Deeper, Heading, Source, Term } from "./src/features/chapter/prose.tsx";
import { WrittenCode } from "./src/shared/code-to-copy.tsx";
import { InlineCode } from "./src/shared/inline-code.tsx";

const furniture = { ChooseDigit, Deeper, Formula, Source, Term, code: InlineCode, h2: Heading, pre: WrittenCode };

/** What every chapter is furnished with; a chapter imports its figures and questions itself. */
export function useMDXComponents(components: MDXComponents): MDXComponents {
  return { ...furniture, ...components };
}
