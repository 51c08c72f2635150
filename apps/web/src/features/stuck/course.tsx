import type { HistoryPoint } from "@autoencoder/model/history";
import { fixed, linePath, logScale } from "@autoencoder/ui";
import styles from "./stuck.module.css";

const size = { width: 320, height: 96 };
const inset = 8;

/** The pasted losses as a small curve, on a logarithmic scale: what was read, to be compared with what was pasted. */
export function Course({ points }: { points: readonly HistoryPoint[] }) {
  const columns = (["loss", "valLoss"] as const).map((of) => points.map((point) => point[of]));
  const finite = columns
    .flat()
    .filter((value) => value !== undefined && value > 0 && Number.isFinite(value)) as number[];
  if (points.length < 2 || finite.length < 2) return null;
  const y = logScale([Math.min(...finite) * 0.9, Math.max(...finite) * 1.1], [size.height - inset, inset]);
  const x = (at: number) => inset + (at / (points.length - 1)) * (size.width - 2 * inset);
  const line = linePath<[number, number]>(
    ([across]) => across,
    ([, up]) => up,
  );
  const path = (values: readonly (number | undefined)[]) =>
    line(
      values.flatMap((value, at) =>
        value !== undefined && value > 0 && Number.isFinite(value) ? [[x(at), y(value)] as [number, number]] : [],
      ),
    ) ?? "";
  const [losses, valLosses] = columns as [(number | undefined)[], (number | undefined)[]];
  const last = points.at(-1) as HistoryPoint;
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      className={styles.course}
      role="img"
      aria-label={`The losses that were read: ${points.length}, from ${fixed(finite[0] as number)} to ${fixed(last.valLoss ?? last.loss ?? 0)}`}
    >
      <path d={path(losses)} data-line="loss" />
      <path d={path(valLosses)} data-line="valLoss" />
    </svg>
  );
}
