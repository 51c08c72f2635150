import { signed } from "../format.ts";
import { signedColours } from "./pixels.ts";
import styles from "./signed-legend.module.css";

export interface SignedLegendProps {
  /** The value of full colour, in either direction. */
  range: number;
  decimals?: number;
  className?: string | undefined;
}

/** The signed scale of a picture: vermilion for below zero, teal for above, and the value of full colour. */
export function SignedLegend({ range, decimals = 2, className }: SignedLegendProps) {
  const colour = (end: readonly number[], alpha: number) => `rgb(${end.join(" ")} / ${alpha})`;
  const { negative, positive } = signedColours;
  const middle = `${colour(negative, 0)}, ${colour(positive, 0)}`;
  const backgroundImage = `linear-gradient(to right, ${colour(negative, 1)}, ${middle}, ${colour(positive, 1)})`;
  return (
    <span className={className ? `${styles.legend} ${className}` : styles.legend}>
      <span>{signed(-range, decimals)}</span>
      <span data-part="scale" style={{ backgroundImage }} />
      <span>{signed(range, decimals)}</span>
    </span>
  );
}
