import { sigmoid } from "@autoencoder/model";
import { fixed, integer } from "../format.ts";
import styles from "./sums-histogram.module.css";

export interface SumsHistogramProps {
  /** Which pixels these are. */
  name: string;
  /** How many sums lie in each bin: one below `from`, equal ones up to `to`, one above. */
  counts: ArrayLike<number>;
  mean: number;
  from: number;
  to: number;
}

const size = { width: 300, height: 94, left: 26, bottom: 20, top: 4 };
const plot = size.height - size.bottom - size.top;
/** Pieces of the sigmoid's curve, each in the colour of its slope. */
const pieces = 36;

/** The sums that enter the sigmoid, under the sigmoid's curve; what lies lower than the axis is one pile at the left. */
export function SumsHistogram({ name, counts, mean, from, to }: SumsHistogramProps) {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0) || 1;
  const inside = all.slice(1, -1);
  const most = Math.max(...all) || 1;
  const x = (sum: number) => size.left + ((sum - from) / (to - from)) * (size.width - size.left);
  const y = (part: number) => size.top + (1 - part) * plot;
  const bin = (to - from) / inside.length;
  const below = (all[0] as number) / total;
  const curve = Array.from({ length: pieces }, (_, at) => {
    const [a, b] = [at, at + 1].map((end) => from + (end / pieces) * (to - from)) as [number, number];
    const slope = sigmoid((a + b) / 2) * (1 - sigmoid((a + b) / 2));
    return { a, b, slope };
  });
  return (
    <figure className={styles.histogram}>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`Sums of ${name}: mean ${fixed(mean, 1)}, ${integer(Math.round(below * 100))} % of them below ${from}`}
      >
        <rect
          x="0"
          y={y((all[0] as number) / most)}
          width={size.left - 6}
          height={((all[0] as number) / most) * plot}
          data-part="pile"
        />
        {inside.map((count, at) =>
          count === 0 ? null : (
            <rect
              key={at}
              x={x(from + at * bin)}
              y={y(count / most)}
              width={Math.max(0.5, (size.width - size.left) / inside.length - 0.5)}
              height={(count / most) * plot}
              data-part="bar"
            />
          ),
        )}
        {curve.map(({ a, b, slope }) => (
          <line
            key={a}
            x1={x(a)}
            x2={x(b)}
            y1={y(sigmoid(a))}
            y2={y(sigmoid(b))}
            stroke={`color-mix(in oklab, var(--positive) ${Math.round(slope * 400)}%, var(--rule))`}
            strokeWidth="2.5"
          />
        ))}
        {[from, -6, 0, to].map((sum) => (
          <text key={sum} x={x(sum)} y={size.height - 2} textAnchor={sum === to ? "end" : "middle"}>
            {fixed(sum, 0)}
          </text>
        ))}
      </svg>
      <figcaption>
        <b>{name}</b>, mean <span className="number">{fixed(mean, 1)}</span>
        {below > 0.005 && (
          <>
            ; <span className="number">{integer(Math.round(below * 100))} %</span> below {fixed(from, 0)}
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** Which maps of a layer are above 0 somewhere: a square each, the dead ones crossed; on a narrow screen their count alone. */
export function LiveMaps({ live }: { live: ArrayLike<number> }) {
  const all = Array.from(live);
  const alive = all.filter((one) => one > 0).length;
  return (
    <div className={styles.maps}>
      <ol aria-hidden="true">
        {all.map((lives, map) => (
          <li key={map} data-alive={lives > 0} />
        ))}
      </ol>
      <p>
        <b className="number">{alive}</b> of {all.length} maps alive
      </p>
    </div>
  );
}
