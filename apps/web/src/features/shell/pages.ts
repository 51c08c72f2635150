/** What there is beside the chapters, in the menu's groups. */
export const pageGroups = [
  {
    name: "Look",
    pages: [
      { href: "/", title: "Draw a digit, pull a number" },
      { href: "/viewer", title: "The viewer: every layer" },
    ],
  },
  {
    name: "Do",
    pages: [
      { href: "/train", title: "Watch it learn: train it here" },
      { href: "/program", title: "The program in Keras" },
      { href: "/run", title: "Run it yourself" },
      { href: "/stuck", title: "Stuck at 0.11?" },
    ],
  },
  {
    name: "Hand in",
    pages: [
      { href: "/grading", title: "The checklist: marks, row by row" },
      { href: "/runs", title: "Runs and reports" },
    ],
  },
  { name: "Teach", pages: [{ href: "/teach", title: "For teachers" }] },
] as const;

/** The same as one list. */
export const pages = pageGroups.flatMap(({ pages }): readonly { href: string; title: string }[] => pages);

/** The named places of the header, where there is room for them; every page whose address begins with `within` is one's own. */
export const places = [
  { href: "/chapters/squeeze-and-rebuild", name: "Learn", within: "/chapters" },
  { href: "/train", name: "Train", within: "/train" },
  { href: "/viewer", name: "Viewer", within: "/viewer" },
  { href: "/runs", name: "Runs", within: "/runs" },
  { href: "/grading", name: "Grade", within: "/grading" },
] as const;
