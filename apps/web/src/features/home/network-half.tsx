import type { MapLayer } from "@autoencoder/model";
import { integer } from "@autoencoder/ui";
import styles from "./home.module.css";

export interface NetworkHalfProps {
  part: "encoder" | "decoder";
  /** The layers that stand between the picture and the code on this side, in order. */
  layers: readonly MapLayer[];
  parameters: number;
}

const height = 160;
const pitch = 14;
const barWidth = 9;

/** One half of the network between picture and code: each layer a bar, as tall as it makes numbers. */
export function NetworkHalf({ part, layers, parameters }: NetworkHalfProps) {
  const most = Math.max(...layers.map(({ values }) => values));
  const width = layers.length * pitch;
  return (
    <figure className={styles.half} data-part={part}>
      <figcaption>
        <b>{part}</b>
        <span>
          <span className="number">{integer(parameters)}</span> weights
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${part}: ${layers.length} layers of ${layers.map(({ values }) => integer(values)).join(", ")} numbers`}
      >
        {layers.map(({ name, values }, at) => {
          const tall = Math.max(2, (values / most) * height);
          return (
            <rect
              key={name}
              x={at * pitch + (pitch - barWidth) / 2}
              y={(height - tall) / 2}
              width={barWidth}
              height={tall}
            >
              <title>{`${name}: ${integer(values)} numbers`}</title>
            </rect>
          );
        })}
      </svg>
    </figure>
  );
}
