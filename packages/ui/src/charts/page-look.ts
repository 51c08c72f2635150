import type { ChartLook } from "./line-chart.tsx";

/** Charts on a page take its colours and its type, in both themes. */
export const pageLook: ChartLook = {
  text: "var(--ink-soft)",
  grid: "var(--rule)",
  ink: "var(--ink)",
  fontFamily: "var(--ui)",
  ground: "var(--paper)",
  fontSize: 13,
};
