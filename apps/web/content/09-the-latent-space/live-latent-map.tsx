"use client";
import { greyPixels, PixelPicture, percent, Toggle } from "@autoencoder/ui";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import type { RemoteFile } from "../../src/network/index.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { askServer } from "../../src/trpc/ask.ts";
import { classColours, drawClassPoints, planeSide } from "./class-points.ts";
import styles from "./latent-map.module.css";
import { NeighbourList } from "./neighbour-list.tsx";
import { PlanePad } from "./plane-pad.tsx";
import { loadPlane, type Plane } from "./planes.ts";
import { type TestDigit, useSelection } from "./selection.tsx";
import { type FirstNeighbours, useNeighbours } from "./use-neighbours.ts";

export interface LiveLatentMapProps {
  run: string;
  /** Where the map by PCA lies. */
  pca: string;
  /** The trainer's UMAP maps; undefined for a run without them. */
  umap: RemoteFile | undefined;
  /** Test digits on the map. */
  count: number;
  /** Share of the codes' variance that the two directions of PCA hold. */
  share: number;
  /** Numbers of the run's code. */
  codeSize: number;
  /** The neighbours of the digit that the page opens on. */
  first: FirstNeighbours;
}

/** Seeds of the trainer's UMAP maps. */
const seeds = [1, 2, 3];

/** How many steps of int16 lie along the map's side. */
const steps = 65536;

/** How far from a dot one may point and mean it, as a part of the map's side: half a thumb on a phone. */
const reach = 0.06;

/** Nearest test digits that are ringed and shown. */
const shownNeighbours = 10;

/**
 * The codes of all test digits in the plane, by PCA or by UMAP of several seeds. Pointing shows whose they are, a click makes
 * that digit the page's, and the nearest ten of the code that the page is at are ringed, whichever map is shown.
 */
export function LiveLatentMap({ run, pca, umap, count, share, codeSize, first }: LiveLatentMapProps) {
  const selection = useSelection();
  const { own, pointed, code, isMoved, latent, point, take, problem: notTaken } = selection;
  const { seed, setSeed, plane, problem } = usePlane({ pca, umap, count });
  const { found, fresh, problem: notFound } = useNeighbours(run, isMoved ? code : latent, first);
  const isItself = (index: number) => !isMoved && index === own?.index;
  const nearest = found.filter(({ index }) => !isItself(index)).slice(0, shownNeighbours);
  const named = pointed ?? own;
  return (
    <figure className={styles.figure} data-testid="latent-map">
      {umap && (
        <Toggle
          label="Which map"
          options={[undefined, ...seeds]}
          value={seed}
          onChoose={setSeed}
          name={(option) => (option === undefined ? "PCA" : `UMAP, seed ${option}`)}
          className={styles.toggle}
        />
      )}
      {problem && <p role="alert">That map did not load: {problem}</p>}
      {notTaken && <p role="alert">{notTaken}</p>}
      <Pointed run={run} named={named} isOwn={named === own} />
      <PointMap
        {...{ plane, count, named, own, nearest, pointed }}
        walk={seed === undefined ? selection.walk : undefined}
        onPoint={point}
        onTake={take}
      />
      <p className={styles.legend}>
        {classColours.map((colour, label) => (
          <span key={colour}>
            <i style={{ background: colour }} />
            {label}
          </span>
        ))}
      </p>
      <NeighbourList selection={selection} nearest={nearest} fresh={fresh} problem={notFound} />
      <figcaption>
        {seed === undefined ? (
          <>
            PCA of the codes of the 10,000 test digits. These two directions hold{" "}
            <span className="number">{percent(share)}</span> of their variance; what looks mixed here may be apart in
            the other {codeSize - 2}.
          </>
        ) : (
          "UMAP of the same codes. Neighbours are kept, distances between groups are not: compare the seeds."
        )}{" "}
        A click on a dot makes it this page’s digit{isMoved && ", and leaves the code that you moved"}.
      </figcaption>
    </figure>
  );
}

/** The map that is shown: PCA's, or UMAP's of a seed; back to PCA's where that one does not load. */
function usePlane({ pca, umap, count }: Pick<LiveLatentMapProps, "pca" | "umap" | "count">) {
  const [seed, setSeed] = useState<number>();
  const ask = useMemo(() => () => attempt(() => loadPlane({ pca, umap, count }, seed)), [pca, umap, count, seed]);
  const { value: plane, result, fresh } = useAsk(ask);
  const failed = fresh && !result?.ok;
  useEffect(() => {
    if (failed) setSeed(undefined);
  }, [failed]);
  return { seed, setSeed, plane, problem: sentenceOf(result) };
}

/** The test digit that is pointed at, and what the network makes of it; the page's digit where none is. */
function Pointed({ run, named, isOwn }: { run: string; named: TestDigit | undefined; isOwn: boolean }) {
  const { digit } = useSelection();
  const { value, fresh } = useTestDigit(run, isOwn ? undefined : named?.index);
  const shown = isOwn ? digit : value;
  return (
    <div className={styles.head} data-fresh={isOwn || fresh}>
      {shown ? <PixelPicture pixels={greyPixels(shown.pixels)} label="" className={styles.digit} /> : <span />}
      {shown?.reconstruction ? (
        <PixelPicture pixels={greyPixels(shown.reconstruction)} label="rebuilt" className={styles.digit} />
      ) : (
        <span />
      )}
      <p aria-live="polite">
        {named ? (
          <>
            Test digit {named.index}, a <b>{named.label}</b>, and beside it what the network rebuilds
            {isOwn && ": this page’s digit"}.
          </>
        ) : (
          "The digit you drew has no dot. The test digits nearest to it are ringed."
        )}
      </p>
    </div>
  );
}

/** A test digit's pixels, and what the decoder paints from its recorded code; the last one's until they have come. */
function useTestDigit(run: string, index: number | undefined) {
  const { live } = useChapter();
  const isLive = live.state.kind === "live";
  const ask = useMemo(() => {
    if (index === undefined) return undefined;
    return (signal: AbortSignal) =>
      attempt(async () => {
        const [[pixels], code] = await Promise.all([
          fetchTestDigits([index]),
          isLive ? askServer((api) => api.code.query({ name: run, index })) : undefined,
        ]);
        const decoded = code && (await live.client.decode({ latent: Float32Array.from(code) }, { signal }));
        return { pixels: pixels as Uint8Array, reconstruction: decoded?.ok ? decoded.value.reconstruction : undefined };
      });
  }, [run, index, isLive, live.client]);
  return useAsk(ask, { wait: 60 }); // milliseconds: the pointer passes many points on its way
}

interface PointMapProps {
  plane: Plane | undefined;
  count: number;
  /** The digit that is pointed at; else the page's, where it is a test digit. */
  named: TestDigit | undefined;
  pointed: TestDigit | undefined;
  own: TestDigit | undefined;
  nearest: readonly TestDigit[];
  /** Drawn where the map is linear in the codes, as PCA's is. */
  walk: { to: TestDigit; part: number } | undefined;
  onPoint: (digit: TestDigit | undefined) => void;
  onTake: (digit: TestDigit) => void;
}

/** The points, one a test digit; the pointer takes the nearest, the arrow keys the next. */
function PointMap({ plane, count, named, pointed, own, nearest, walk, onPoint, onTake }: PointMapProps) {
  const placeOf = useCallback(
    (point: number) => [0, 1].map((axis) => partOf(plane?.points[2 * point + axis] ?? 0)) as [number, number],
    [plane],
  );
  // The same function while the map stays: another would draw all dots again.
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext("2d");
      if (!context || !plane) return;
      context.clearRect(0, 0, planeSide, planeSide);
      drawClassPoints(context, plane.labels, placeOf);
    },
    [plane, placeOf],
  );
  const testDigit = (index: number): TestDigit => ({ index, label: plane?.labels[index] as number });
  const at = (tell: (digit: TestDigit | undefined) => void) => (x: number, y: number) => {
    if (!plane) return;
    const [across, down] = [x, y].map((part) => part * steps - steps / 2) as [number, number];
    const nearest = nearestPoint(plane.points.subarray(0, 2 * count), across, down);
    const [dotX, dotY] = placeOf(nearest);
    tell(Math.hypot(dotX - x, dotY - y) <= reach ? testDigit(nearest) : undefined);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by && plane) onPoint(testDigit(((named?.index ?? -1) + by + count) % count));
    else if (pointed && (event.key === "Enter" || event.key === " ")) onTake(pointed);
    else return;
    event.preventDefault();
  };
  return (
    <PlanePad
      label="Map of the codes. Arrow keys walk through the test digits, Enter makes one this page’s digit."
      value={named?.index ?? 0}
      most={count - 1}
      valueText={named ? `test digit ${named.index}, a ${named.label}` : "the digit you drew, which has no dot"}
      marker={plane && named && placeOf(named.index)}
      onPoint={at(onPoint)}
      onPick={at((digit) => digit && onTake(digit))}
      onLeave={() => onPoint(undefined)}
      onKeyDown={press}
    >
      <canvas ref={draw} width={planeSide} height={planeSide} />
      {plane && <Rings {...{ placeOf, own, nearest, walk }} />}
    </PlanePad>
  );
}

interface RingsProps extends Pick<PointMapProps, "own" | "nearest" | "walk"> {
  /** A point's place, from 0 to 1 along both sides. */
  placeOf: (point: number) => readonly [x: number, y: number];
}

/** What the other figures are at: the page's digit, the nearest ones, the walk from the one to its other end. */
function Rings({ placeOf, own, nearest, walk }: RingsProps) {
  const place = ({ index }: TestDigit) => placeOf(index).map((part) => part * planeSide) as [number, number];
  return (
    <svg viewBox={`0 0 ${planeSide} ${planeSide}`} className={styles.rings} aria-hidden="true" focusable="false">
      {own && walk && <WalkLine from={place(own)} to={place(walk.to)} part={walk.part} />}
      {nearest.map((digit) => {
        const [x, y] = place(digit);
        return <circle key={digit.index} cx={x} cy={y} r="9" data-part="near" data-index={digit.index} />;
      })}
      {own && <circle cx={place(own)[0]} cy={place(own)[1]} r="13" data-part="own" data-index={own.index} />}
    </svg>
  );
}

interface WalkLineProps {
  from: readonly [x: number, y: number];
  to: readonly [x: number, y: number];
  /** How far the walk has come, 0 to 1. */
  part: number;
}

function WalkLine({ from: [x1, y1], to: [x2, y2], part }: WalkLineProps) {
  return (
    <>
      <line {...{ x1, y1, x2, y2 }} data-part="walk" />
      <circle cx={x1 + (x2 - x1) * part} cy={y1 + (y2 - y1) * part} r="6" data-part="walker" />
    </>
  );
}

/** Where an int16 lies along the map, from 0 to 1. */
function partOf(value: number): number {
  return (value + steps / 2) / steps;
}

/** The number of the point nearest to a place. @param points x and y by turns */
function nearestPoint(points: Int16Array, x: number, y: number): number {
  let [best, nearest] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; 2 * index < points.length; index++) {
    const distance = ((points[2 * index] as number) - x) ** 2 + ((points[2 * index + 1] as number) - y) ** 2;
    if (distance < nearest) [best, nearest] = [index, distance];
  }
  return best;
}
