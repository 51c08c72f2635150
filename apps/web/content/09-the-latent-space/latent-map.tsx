"use client";
import { fixed, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useEffect, useMemo, useState } from "react";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { askServer } from "../../src/shared/ask-server.ts";

export interface LatentMapProps {
  run: string;
  /** Seeds of the trainer's UMAP maps; none for a run without them. */
  seeds: readonly number[];
  /** The map by PCA: two int16 for each test digit, in base64. */
  points: string;
  /** A byte for each. */
  labels: string;
  /** Share of the codes' variance that the two directions hold. */
  share: number;
  /** Address of test images, up to the range. */
  pictures: string;
}

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
export function LatentMap({ run, seeds, points: byPca, labels, share, pictures }: LatentMapProps) {
  const [seed, setSeed] = useState<number>();
  const [others, setOthers] = useState<Record<number, string>>({});
  const [problem, setProblem] = useState<string>();
  const shown = seed === undefined ? byPca : (others[seed] ?? byPca);
  const [places, classes] = useMemo(
    () => [new Int16Array(decodeBytes(shown).buffer as ArrayBuffer), decodeBytes(labels)] as const,
    [shown, labels],
  );
  const choose = async (to: number | undefined) => {
    setSeed(to);
    setProblem(undefined);
    if (to === undefined || others[to]) return;
    try {
      const { points } = await askServer<{ points: string }>("runs.projection", { name: run, seed: to });
      setOthers((now) => ({ ...now, [to]: points }));
    } catch (error) {
      setProblem((error as Error).message);
      setSeed(undefined);
    }
  };
  const [chosen, setChosen] = useState(0);
  const [picture, setPicture] = useState<Float32Array>();
  const size = 640;
  const at = (value: number) => ((value + 32768) / 65536) * size;
  const draw = (canvas: HTMLCanvasElement | null) => {
    const context = canvas?.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, size, size);
    classes.forEach((label, point) => {
      context.fillStyle = colours[label] as string;
      context.fillRect(at(places[2 * point] as number) - 1, at(places[2 * point + 1] as number) - 1, 2.5, 2.5);
    });
  };
  useEffect(() => {
    const timer = setTimeout(async () => {
      const response = await fetch(`${pictures}${chosen}-${chosen + 1}`).catch(() => undefined);
      if (response?.ok)
        setPicture(Float32Array.from(new Uint8Array(await response.arrayBuffer()), (byte) => byte / 255));
    }, 60);
    return () => clearTimeout(timer);
  }, [pictures, chosen]);
  const point = (event: React.PointerEvent<HTMLElement>) => {
    if (event.type === "pointermove" && event.pointerType === "touch" && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(
      (part) => part * 65536 - 32768,
    ) as [number, number];
    let [best, nearest] = [0, Number.POSITIVE_INFINITY];
    for (let index = 0; index < classes.length; index++) {
      const distance = ((places[2 * index] as number) - x) ** 2 + ((places[2 * index + 1] as number) - y) ** 2;
      if (distance < nearest) [best, nearest] = [index, distance];
    }
    setChosen(best);
  };
  const step = (event: React.KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    setChosen((chosen + by + classes.length) % classes.length);
  };
  const left = `${(at(places[2 * chosen] as number) / size) * 100}%`;
  const top = `${(at(places[2 * chosen + 1] as number) / size) * 100}%`;
  return (
    <figure className="latent-map">
      {seeds.length > 0 && (
        <fieldset className="segmented" aria-label="Which map">
          {[undefined, ...seeds].map((option) => (
            <button key={option ?? 0} type="button" aria-pressed={option === seed} onClick={() => choose(option)}>
              {option === undefined ? "PCA" : `UMAP, seed ${option}`}
            </button>
          ))}
        </fieldset>
      )}
      {problem && <p role="alert">That map did not load: {problem}</p>}
      <div className="latent-map-head">
        {picture ? <PixelPicture pixels={greyPixels(picture, 28)} label="" className="map-digit" /> : <span />}
        <p aria-live="polite">
          Test digit {chosen}, a <b>{classes[chosen]}</b>.
        </p>
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Map of the codes. Arrow keys walk through the test digits."
        aria-valuemin={0}
        aria-valuemax={classes.length - 1}
        aria-valuenow={chosen}
        aria-valuetext={`test digit ${chosen}, a ${classes[chosen]}`}
        className="latent-map-area"
        onPointerDown={point}
        onPointerMove={point}
        onKeyDown={step}
      >
        <canvas ref={draw} width={size} height={size} />
        <span style={{ left, top }} />
      </div>
      <p className="latent-legend">
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
            <span className="number">{fixed(share * 100, 1)} %</span> of their variance; what looks mixed here may be
            apart in the other 62.
          </>
        ) : (
          "UMAP of the same codes. Neighbours are kept, distances between groups are not: compare the seeds."
        )}
      </figcaption>
    </figure>
  );
}
