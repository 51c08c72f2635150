import type { LossOverEpochs } from "@autoencoder/model/progress";
import { linePath, logScale, printedLoss } from "@autoencoder/ui";
import styles from "./on-this-machine.module.css";

const [width, height, inset] = [320, 56, 4];

/** The training loss so far, small, on a logarithmic scale; the whole width stands for all epochs. */
export function MachineLine({ points, epochs }: { points: readonly LossOverEpochs[]; epochs: number | null }) {
  const shown = points.filter(([, loss]) => loss > 0);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last || first === last) return null;
  const losses = shown.map(([, loss]) => loss);
  const up = logScale([Math.min(...losses) * 0.95, Math.max(...losses) * 1.05], [height - inset, inset]);
  const across = (at: number) => inset + (at / Math.max(epochs ?? 0, last[0])) * (width - 2 * inset);
  const path = linePath<LossOverEpochs>(
    ([at]) => across(at),
    ([, loss]) => up(loss),
  )(shown);
  const label = `The training loss: from ${printedLoss(first[1])} to ${printedLoss(last[1])}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.line}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={path ?? ""} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
