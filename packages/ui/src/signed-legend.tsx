import { signed } from "./numbers.ts";
import { signedColours } from "./pixels.ts";

/** The signed scale of a picture: vermilion for below zero, teal for above, and the value of full colour. */
export function SignedLegend({
  range,
  className,
  decimals = 2,
}: {
  range: number;
  className?: string | undefined;
  decimals?: number;
}) {
  const colour = (end: readonly number[], alpha: number) => `rgb(${end.join(" ")} / ${alpha})`;
  const { negative, positive } = signedColours;
  const middle = `${colour(negative, 0)}, ${colour(positive, 0)}`;
  const background = `linear-gradient(to right, ${colour(negative, 1)}, ${middle}, ${colour(positive, 1)})`;
  return (
    <span className={className}>
      <span>{signed(-range, decimals)}</span>
      <span data-part="scale" style={{ background }} />
      <span>{signed(range, decimals)}</span>
    </span>
  );
}
