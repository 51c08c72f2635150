"use client";
import { greyPixels, PixelPicture, percent, Toggle } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import type { RemoteFile } from "../../src/network/index.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
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

/** The codes of all test digits in the plane, by PCA or by UMAP of several seeds; point to see whose they are. */
export function LiveLatentMap({ pca, umap, count, firstLabel, share }: LiveLatentMapProps) {
  const [seed, setSeed] = useState<number>();
  const [plane, setPlane] = useState<Plane>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    loadPlane({ pca, umap, count }, seed).then(
      (loaded) => {
        if (!current) return;
        setPlane(loaded);
        setProblem(undefined);
      },
      (error: Error) => {
        if (!current) return;
        setProblem(error.message);
        setSeed(undefined);
      },
    );
    return () => {
      current = false;
    };
  }, [pca, umap, count, seed]);
  const [chosen, setChosen] = useState(0);
  const [picture, setPicture] = useState<Uint8Array>();
  const size = 640;
  const at = (value: number) => ((value + 32768) / 65536) * size;
  const draw = (canvas: HTMLCanvasElement | null) => {
    const context = canvas?.getContext("2d");
    if (!context || !plane) return;
    const { points, labels } = plane;
    context.clearRect(0, 0, size, size);
    labels.forEach((label, point) => {
      context.fillStyle = colours[label] as string;
      context.fillRect(at(points[2 * point] as number) - 1, at(points[2 * point + 1] as number) - 1, 2.5, 2.5);
    });
  };
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const [pixels] = await fetchTestDigits([chosen]).catch(() => []); // the last picture stays
      if (current && pixels) setPicture(pixels);
    }, 60);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [chosen]);
  const point = (event: React.PointerEvent<HTMLElement>) => {
    if (!plane || (event.type === "pointermove" && event.pointerType === "touch" && event.buttons === 0)) return;
    const { points } = plane;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
      (part) => part * 65536 - 32768,
    ) as [number, number];
    let [best, nearest] = [0, Number.POSITIVE_INFINITY];
    for (let index = 0; index < count; index++) {
      const distance = ((points[2 * index] as number) - x) ** 2 + ((points[2 * index + 1] as number) - y) ** 2;
      if (distance < nearest) [best, nearest] = [index, distance];
    }
    setChosen(best);
  };
  const step = (event: React.KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    setChosen((chosen + by + count) % count);
  };
  const label = plane?.labels[chosen] ?? (chosen === 0 ? firstLabel : undefined);
  const place = (value: number) => `${(at(value) / size) * 100}%`;
  const [left, top] = plane
    ? [place(plane.points[2 * chosen] as number), place(plane.points[2 * chosen + 1] as number)]
    : [];
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
            the other 62.
          </>
        ) : (
          "UMAP of the same codes. Neighbours are kept, distances between groups are not: compare the seeds."
        )}
      </figcaption>
    </figure>
  );
}
