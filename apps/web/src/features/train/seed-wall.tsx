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

/** What decides what becomes of a seed, and what it is called. */
const decisive = {
  outputBias: "output bias",
  learningRate: "learning rate",
  batchSize: "batch size",
  latent: "numbers in the code",
  filters: "filters",
  images: "pictures",
  loss: "loss",
  optimizer: "optimizer",
  drawing: "drawing",
} as const satisfies Partial<Record<keyof TrainingSettings, string>>;
const names = Object.entries(decisive) as [keyof typeof decisive, string][];

/** Tiles of the same settings together, in the order of their first. */
function groupsOf(tiles: readonly SeedTile[]): { title: string; tiles: SeedTile[] }[] {
  const groups = new Map<string, SeedTile[]>();
  for (const tile of tiles) {
    const key = names.map(([name]) => tile.settings[name]).join(" ");
    groups.set(key, [...(groups.get(key) ?? []), tile]);
  }
  const all = [...groups.values()];
  const varied = names.filter(([name]) => new Set(all.map(([tile]) => tile?.settings[name])).size > 1);
  return all.map((own) => ({
    title: varied.map(([name, words]) => `${words} ${shown(own[0]?.settings[name])}`).join(", "),
    tiles: own,
  }));
}

function shown(value: string | number | undefined): string {
  return typeof value === "number" ? String(value).replace("-", "−") : (value ?? "");
}

/** Seeds that a series runs by itself. */
export const seedsInSeries = 20;

/** A tile for each seed that was tried, and what share of them printed black. */
export function SeedWall({ tiles, committed, left, onRunMore, onStop }: SeedWallProps) {
  return (
    <section className={styles.wall} aria-label="The seeds that you tried" data-testid="seed-wall">
      <h2>Seeds</h2>
      <p>
        Throw the dice: the same settings with other initial weights and another order of the pictures. Every seed that
        has taken {integer(seedSteps)} steps without a change leaves a tile.
      </p>
      {groupsOf(tiles).map(({ title, tiles: own }) => (
        <Seeds key={title} title={title} tiles={own} />
      ))}
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

/** The tiles of some settings, and how many printed black. */
function Seeds({ title, tiles }: { title: string; tiles: readonly SeedTile[] }) {
  const black = tiles.filter((tile) => tile.black).length;
  return (
    <>
      {title && <h3>With {title}</h3>}
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
  );
}

/** Steps after which a seed has shown what becomes of it. */
export const seedSteps = 110;

function intervalOf(count: number, of: number): string {
  const [low, high] = wilson(count, of).map((share) => Math.round(100 * share));
  return `${low} to ${high} % with 95 % confidence`;
}
