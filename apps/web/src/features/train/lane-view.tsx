import { filmBins } from "@autoencoder/model/run";
import { fixed, greyPixels, LiveMaps, PixelPicture, SumsHistogram } from "@autoencoder/ui";
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
  /** Whether the sums and the living maps are opened. */
  sums: boolean;
}

/** One training at one step: the digits that it rebuilds, and what it does just before its output. */
export function LaneView({ state, frame, title, originals, sums }: LaneViewProps) {
  const count = originals.length / pixelCount;
  const picture = (bytes: Uint8Array, at: number) => greyPixels(bytes.subarray(at * pixelCount, (at + 1) * pixelCount));
  return (
    <section className={styles.lane} data-testid="lane" data-step={frame?.step} aria-label={title ?? "the training"}>
      {title && (
        <p className={styles.laneTitle}>
          <b>{title}</b> bias <span className="number">{fixed(state.settings.outputBias, 2)}</span>
        </p>
      )}
      <div className={styles.digits} data-part="digits">
        {Array.from({ length: count }, (_, at) => (
          <span key={at}>
            <PixelPicture pixels={picture(originals, at)} label="" className={styles.original} />
            <PixelPicture
              pixels={frame ? picture(frame.pictures, at) : empty}
              label={at === 0 ? describe(frame) : ""}
              className={styles.digit}
            />
          </span>
        ))}
      </div>
      {sums && frame && (
        <>
          <div className={styles.sums} data-part="sums">
            <SumsHistogram
              name="pixels that should be ink"
              counts={frame.ink}
              mean={frame.inkMean}
              from={filmBins.from}
              to={filmBins.to}
            />
            <SumsHistogram
              name="pixels that should be black"
              counts={frame.black}
              mean={frame.blackMean}
              from={filmBins.from}
              to={filmBins.to}
            />
          </div>
          <LiveMaps live={frame.live} />
        </>
      )}
    </section>
  );
}

const empty = greyPixels(new Uint8Array(pixelCount));

function describe(frame: Frame | undefined): string {
  if (!frame) return "ten test digits, nothing rebuilt yet";
  return `ten test digits as the network rebuilds them after step ${frame.step}, mean squared error ${fixed(frame.mse)}`;
}
