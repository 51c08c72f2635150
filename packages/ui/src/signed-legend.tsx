import { signed } from "./code-chart.tsx";
import { signedColours } from "./pixels.ts";

/** The signed scale of a picture: vermilion for below zero, teal for above, and the value of full colour. */
export function SignedLegend({ range, className }: { range: number; className?: string | undefined }) {
  const colour = (end: readonly number[], alpha: number) => `rgb(${end.join(" ")} / ${alpha})`;
  const { negative, positive } = signedColours;
  const middle = `${colour(negative, 0)}, ${colour(positive, 0)}`;
  const background = `linear-gradient(to right, ${colour(negative, 1)}, ${middle}, ${colour(positive, 1)})`;
  return (
    <span className={className}>
      <span>{signed(-range, 2)}</span>
      <span data-part="scale" style={{ background }} />
      <span>{signed(range, 2)}</span>
    </span>
  );
}
