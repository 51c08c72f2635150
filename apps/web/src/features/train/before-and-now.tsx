import { byteMeanSquaredError } from "@autoencoder/model";
import { fixed, greyPixels, integer, PixelPicture } from "@autoencoder/ui";
import { pictureAt } from "../../shared/pixels.ts";
import type { Frame } from "../../training/messages.ts";
import { ownAt } from "./lane-view.tsx";
import styles from "./train.module.css";

export interface BeforeAndNowProps {
  /** The reader's drawing, [784] bytes. */
  drawing: Uint8Array;
  frames: readonly Frame[];
  /** The frame that the figures show. */
  shown: Frame | undefined;
}

/** The reader's drawing as the network rebuilds it before the first step and at the shown one, each with its error. */
export function BeforeAndNow({ drawing, frames, shown }: BeforeAndNowProps) {
  const [first] = frames;
  if (first?.step !== 0 || !shown || first.pictures.length <= ownAt * drawing.length) return null;
  const rebuilt = [
    { name: "before the first step", part: "before", frame: first },
    { name: `after step ${integer(shown.step)}`, part: "now", frame: shown },
  ];
  return (
    <figure className={styles.beforeAndNow} data-testid="before-and-now">
      <figcaption>Your drawing, and how it is rebuilt</figcaption>
      <div>
        <span>
          <PixelPicture pixels={greyPixels(drawing)} label="your drawing" />
          as the network gets it
        </span>
        {rebuilt.map(({ name, part, frame }) => {
          const picture = pictureAt(frame.pictures, ownAt);
          const error = byteMeanSquaredError(drawing, picture);
          return (
            <span key={part} data-part={part} data-mse={error}>
              <PixelPicture pixels={greyPixels(picture)} label={`your drawing, rebuilt ${name}`} />
              {name}: MSE <b className="number">{fixed(error)}</b>
            </span>
          );
        })}
      </div>
    </figure>
  );
}
