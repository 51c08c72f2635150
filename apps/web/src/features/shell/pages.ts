/** What there is beside the chapters. */
export const pages = [
  { href: "/", title: "Draw a digit" },
  { href: "/viewer", title: "Look inside: the viewer" },
  { href: "/stuck", title: "Stuck at 0.11?" },
  { href: "/grading", title: "The checklist: marks, row by row" },
  { href: "/runs", title: "Runs and reports" },
  { href: "/program", title: "The program in Keras" },
  { href: "/teach", title: "For teachers" },
] as const;
