import { fixed, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./neighbours.module.css";
import type { Selection } from "./selection.tsx";
import { useDecoded } from "./use-decoded.ts";
import type { useNeighbours } from "./use-neighbours.ts";

export interface NeighbourListProps {
  selection: Selection;
  nearest: ReturnType<typeof useNeighbours>["found"];
  /** Whether they are those of the code as it is now. */
  fresh: boolean;
  problem: string | undefined;
}

/** The test digits with the nearest codes: pointing lights one on the map, a click makes it the page's digit. */
export function NeighbourList({ selection, nearest, fresh, problem }: NeighbourListProps) {
  const { live } = useChapter();
  const { digit, code, isMoved, pointed, point, take } = selection;
  const painted = useDecoded(live.client, isMoved && live.state.kind === "live", code, digit.reconstruction);
  return (
    <div className={styles.neighbours} data-testid="neighbours">
      <ul data-fresh={fresh}>
        <li>
          <PixelPicture pixels={greyPixels(isMoved ? painted : digit.pixels)} label="" />
          <b>{isMoved ? "your code" : "this one"}</b>
        </li>
        {nearest.map(({ index, label, distance, pixels }, at) => (
          // The place is the key: the focus stays where it is when other digits come.
          <li key={at} data-index={index} data-lit={pointed?.index === index}>
            <button
              type="button"
              aria-label={`test digit ${index}, a ${label}, ${fixed(distance, 2)} away: make it this page’s digit`}
              onPointerEnter={(event) => event.pointerType !== "touch" && point({ index, label })}
              onPointerLeave={() => point(undefined)}
              onFocus={(event) => event.target.matches(":focus-visible") && point({ index, label })}
              onBlur={() => point(undefined)}
              onClick={() => take({ index, label })}
            >
              <PixelPicture pixels={greyPixels(pixels)} label="" />
              <span className="number">{fixed(distance, 2)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>
        {problem
          ? `The neighbours did not load: ${problem}`
          : `The ten test digits whose codes are nearest to ${isMoved ? "the code that you moved above" : "this page’s digit"}, and their distance. They are ringed on the map.`}
      </p>
    </div>
  );
}
