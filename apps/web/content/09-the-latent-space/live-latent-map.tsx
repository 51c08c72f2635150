"use client";
import { greyPixels, PixelPicture, percent, Toggle } from "@autoencoder/ui";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useState } from "react";
import type { RemoteFile } from "../../src/network/index.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./latent-map.module.css";
import { loadPlane, type Plane } from "./planes.ts";

export interface LiveLatentMapProps {
  /** Where the map by PCA lies. */
  pca: string;
  /** The trainer's UMAP maps; undefined for a run without them. */
  umap: RemoteFile | undefined;
  /** Test digits on the map. */
  count: number;
  /** The class of the first one, which the map opens on. */
  firstLabel: number;
  /** Share of the codes' variance that the two directions of PCA hold. */
  share: number;
  /** Numbers of the run's code. */
  codeSize: number;
}

/** Seeds of the trainer's UMAP maps. */
const seeds = [1, 2, 3];

const colours = [
  "#4e79a7",
  "#f28e2b",
  "#e15759",
  "#76b7b2",
  "#59a14f",
  "#b8961f",
  "#b07aa1",
  "#ff9da7",
  "#9c755f",
  "#8a8580",
];

/** The side of the drawn map in pixels, and how many steps of int16 lie along it. */
const size = 640;
const steps = 65536;

/** The codes of all test digits in the plane, by PCA or by UMAP of several seeds; point to see whose they are. */
export function LiveLatentMap({ pca, umap, count, firstLabel, share, codeSize }: LiveLatentMapProps) {
  const { seed, setSeed, plane, problem } = usePlane({ pca, umap, count });
  const [chosen, setChosen] = useState(0);
  const picture = useTestDigit(chosen);
  const label = plane?.labels[chosen] ?? (chosen === 0 ? firstLabel : undefined);
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
      <div className={styles.head}>
        {picture ? <PixelPicture pixels={greyPixels(picture)} label="" className={styles.digit} /> : <span />}
        <p aria-live="polite">
          Test digit {chosen}, a <b>{label}</b>.
        </p>
      </div>
      <PointMap {...{ plane, count, chosen, label }} onChoose={setChosen} />
      <p className={styles.legend}>
        {colours.map((colour, label) => (
          <span key={colour}>
            <i style={{ background: colour }} />
            {label}
          </span>
        ))}
      </p>
      <figcaption>
        {seed === undefined ? (
          <>
            PCA of the codes of the 10,000 test digits. These two directions hold{" "}
            <span className="number">{percent(share)}</span> of their variance; what looks mixed here may be apart in
            the other {codeSize - 2}.
          </>
        ) : (
          "UMAP of the same codes. Neighbours are kept, distances between groups are not: compare the seeds."
        )}
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

/** A test digit's pixels; those of the last one while they load, and where they do not. */
function useTestDigit(index: number): Uint8Array | undefined {
  const ask = useMemo(() => () => attempt(() => fetchTestDigits([index])), [index]);
  return useAsk(ask, { wait: 60 }).value?.[0]; // milliseconds: the pointer passes many points on its way
}

interface PointMapProps {
  plane: Plane | undefined;
  count: number;
  chosen: number;
  label: number | undefined;
  onChoose: (digit: number) => void;
}

/** The points, one a test digit; the pointer takes the nearest, the arrow keys the next. */
function PointMap({ plane, count, chosen, label, onChoose }: PointMapProps) {
  const draw = (canvas: HTMLCanvasElement | null) => {
    const context = canvas?.getContext("2d");
    if (!context || !plane) return;
    const { points, labels } = plane;
    const at = (value: number) => partOf(value) * size;
    context.clearRect(0, 0, size, size);
    labels.forEach((label, point) => {
      context.fillStyle = colours[label] as string;
      context.fillRect(at(points[2 * point] as number) - 1, at(points[2 * point + 1] as number) - 1, 2.5, 2.5);
    });
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    if (!plane || (event.type === "pointermove" && event.pointerType === "touch" && event.buttons === 0)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
      (part) => part * steps - steps / 2,
    ) as [number, number];
    onChoose(nearestPoint(plane.points.subarray(0, 2 * count), x, y));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    onChoose((chosen + by + count) % count);
  };
  const [left, top] = [0, 1].map((axis) => `${partOf(plane?.points[2 * chosen + axis] ?? 0) * 100}%`);
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Map of the codes. Arrow keys walk through the test digits."
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={chosen}
      aria-valuetext={`test digit ${chosen}, a ${label}`}
      className={styles.area}
      onPointerDown={point}
      onPointerMove={point}
      onKeyDown={step}
    >
      <canvas ref={draw} width={size} height={size} />
      {plane && <span style={{ left, top }} />}
    </div>
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
