import { wilson } from "@autoencoder/model";
import { Button, fixed, greyPixels, integer, PixelPicture } from "@autoencoder/ui";
import type { TrainingSettings } from "../../training/settings.ts";
import styles from "./train.module.css";

/** How a training with one seed stood when another was begun, or when it was certain. */
export interface SeedTile {
  settings: TrainingSettings;
  step: number;
  mse: number;
  black: boolean;
  /** The first watched digit as it was rebuilt: [784] bytes. */
  picture: Uint8Array;
}

/** A series of seeds that somebody has run before: of the recipe with an output bias of 0. */
export interface CommittedSeries {
  engine: string;
  collapsed: number;
  of: number;
}

export interface SeedWallProps {
  tiles: readonly SeedTile[];
  committed: readonly CommittedSeries[];
  /** Seeds that are still to be run by themselves; undefined where nobody asked for it. */
  left: number | undefined;
  onRunMore: () => void;
  onStop: () => void;
}

/** Seeds that a series runs by itself. */
export const seedsInSeries = 20;

/** A tile for each seed that was tried, and what share of them printed black. */
export function SeedWall({ tiles, committed, left, onRunMore, onStop }: SeedWallProps) {
  const black = tiles.filter((tile) => tile.black).length;
  return (
    <section className={styles.wall} aria-label="The seeds that you tried" data-testid="seed-wall">
      <h2>Seeds</h2>
      <p>
        Throw the dice: the same settings with other initial weights and another order of the pictures. Every seed that
        has taken {integer(seedSteps)} steps leaves a tile.
      </p>
      {tiles.length > 0 && (
        <>
          <ol>
            {tiles.map(({ settings, step, mse, black: died, picture }, at) => (
              <li key={at} data-black={died}>
                <PixelPicture pixels={greyPixels(picture)} label="" />
                <span>
                  seed <span className="number">{settings.seed}</span>
                  <br />
                  {died ? "black" : <span className="number">{fixed(mse, 3)}</span>}
                  <span className="visually-hidden"> after {integer(step)} steps</span>
                </span>
              </li>
            ))}
          </ol>
          <p data-part="count">
            <b className="number">
              {black} of {tiles.length}
            </b>{" "}
            printed black{tiles.length > 1 && <>, a share of {intervalOf(black, tiles.length)}</>}.
          </p>
        </>
      )}
      {committed.length > 0 && (
        <p>
          With an output bias of 0 and all 54,000 pictures, counted before:{" "}
          {committed.map(({ engine, collapsed, of }, at) => (
            <span key={engine}>
              {at > 0 && ", "}
              {collapsed} of {of} on {engine} ({intervalOf(collapsed, of)})
            </span>
          ))}
          . Yours are counted apart.
        </p>
      )}
      {left === undefined ? (
        <Button quiet onClick={onRunMore}>
          run {seedsInSeries} seeds
        </Button>
      ) : (
        <Button quiet onClick={onStop}>
          stop after this one, {left} left
        </Button>
      )}
    </section>
  );
}

/** Steps after which a seed has shown what becomes of it. */
export const seedSteps = 110;

function intervalOf(count: number, of: number): string {
  const [low, high] = wilson(count, of).map((share) => Math.round(100 * share));
  return `${low} to ${high} % with 95 % confidence`;
}
