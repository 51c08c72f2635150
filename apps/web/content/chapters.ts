import type { MDXContent } from "mdx/types";

/** A chapter of the tutorial; its prose is the MDX file of the same number. */
export interface Chapter {
  slug: string;
  title: string;
  /** Reading time. */
  minutes: number;
  /** Which row of the marks it serves. */
  marks: string;
  load: () => Promise<{ default: MDXContent }>;
}

/** The chapters in reading order. */
export const chapters: readonly Chapter[] = [
  {
    slug: "the-run-at-a-glance",
    title: "The run at a glance",
    minutes: 6,
    marks: "rows 1 to 3: summaries, loss curve, reconstructions",
    load: () => import("./00-the-run-at-a-glance.mdx"),
  },
];
