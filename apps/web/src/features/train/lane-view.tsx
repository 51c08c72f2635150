import { fixed, greyPixels, integer, PixelPicture, signedPixels } from "@autoencoder/ui";
import { pixelCount } from "../../shared/pixels.ts";
import type { Frame } from "../../training/messages.ts";
import type { LaneState } from "./lane.ts";
import styles from "./train.module.css";

export interface LaneViewProps {
  state: LaneState;
  frame: Frame | undefined;
  /** What it is called where there are two. */
  title: string | undefined;
  /** The watched digits themselves: [watched × 784] bytes. */
  originals: Uint8Array;
}

/** One training at one step: the digits that it rebuilds. */
export function LaneView({ state, frame, title, originals }: LaneViewProps) {
  const count = originals.length / pixelCount;
  const picture = (bytes: Uint8Array, at: number) => greyPixels(bytes.subarray(at * pixelCount, (at + 1) * pixelCount));
  return (
    <section className={styles.lane} data-testid="lane" data-step={frame?.step} aria-label={title ?? "the training"}>
      {title && (
        <p className={styles.laneTitle}>
          <b>{title}</b> bias <span className="number">{fixed(state.settings.outputBias, 2)}</span>
          {frame && (
            <>
              , after step <span className="number">{integer(frame.step)}</span>
            </>
          )}
        </p>
      )}
      <div className={styles.digits} data-part="digits" data-own={count > ownAt}>
        {Array.from({ length: count }, (_, at) => (
          <span key={at}>
            <PixelPicture pixels={picture(originals, at)} label="" className={styles.original} />
            <PixelPicture
              pixels={frame ? picture(frame.pictures, at) : clear}
              label={at === 0 ? describe(frame) : at === ownAt ? "your own digit, rebuilt" : ""}
              className={frame ? styles.digit : `${styles.digit} ${styles.unpainted}`}
            />
          </span>
        ))}
      </div>
    </section>
  );
}

/** The reader's own digit follows the test digits. */
export const ownAt = 10;

/** A picture of nothing: not a black one, which a network could have painted. */
const clear = signedPixels(new Float32Array(pixelCount), Math.sqrt(pixelCount), 0);

function describe(frame: Frame | undefined): string {
  if (!frame) return "ten test digits, nothing rebuilt yet";
  return `ten test digits as the network rebuilds them after step ${frame.step}, mean squared error ${fixed(frame.mse)}`;
}
