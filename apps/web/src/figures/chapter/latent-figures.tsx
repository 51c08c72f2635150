"use client";
import { createRandom } from "@autoencoder/data";
import { CodeChart, fixed, greyPixels, PixelPicture, signed } from "@autoencoder/ui";
import { useEffect, useMemo, useState } from "react";
import type { ModelClient } from "../../model-worker/index.ts";
import { askServer } from "../ask-server.ts";
import { decodeBytes, decodeFloats } from "../encoding.ts";
import { LiveNote, useChapter } from "./chapter-live.tsx";
import { compareRotated, type Rotated } from "./rotate.ts";
import { Tile } from "./tile.tsx";

/** How the codes of the test digits are spread; arrays are float32 in base64. */
export interface CodeSpread {
  mean: string;
  deviation: string;
  /** 1st and 99th percentile of each value. */
  low: string;
  high: string;
  /** [width × width]: the lower triangle whose square is the covariance. */
  lower: string;
}

/** What the decoder paints of a code; the last picture stays until the next has come. */
function useDecoded(client: ModelClient, live: boolean, latent: Float32Array, first: Float32Array) {
  const [picture, setPicture] = useState(first);
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    client.decode(latent).then((outcome) => {
      if (wanted && outcome.ok) setPicture(outcome.value.reconstruction);
    });
    return () => {
      wanted = false;
    };
  }, [client, live, latent]);
  return picture;
}

/** The code as a keypad: choose a value, move it, and the decoder paints what it makes of it. */
export function Keypad({ spread }: { spread: CodeSpread }) {
  const { live } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [low, high, mean] = useMemo(
    () => [spread.low, spread.high, spread.mean].map(decodeFloats) as [Float32Array, Float32Array, Float32Array],
    [spread],
  );
  const [moved, setMoved] = useState<{ of: Float32Array; values: Record<number, number> }>();
  const [chosen, setChosen] = useState(0);
  const changes = moved?.of === digit.latent ? moved.values : none;
  const latent = useMemo(() => digit.latent.map((value, at) => changes[at] ?? value), [digit.latent, changes]);
  const picture = useDecoded(live.client, live.state.kind === "live", latent, digit.reconstruction);
  const value = latent[chosen] as number;
  const set = (to: number) => setMoved({ of: digit.latent, values: { ...changes, [chosen]: to } });
  return (
    <figure className="keypad-figure">
      <div className="tiles">
        <Tile pixels={digit.reconstruction} name="rebuilt" />
        <Tile pixels={picture} name="with your code" />
      </div>
      <div className="keypad" role="toolbar" aria-label="The values of the code">
        {Array.from(latent, (own, at) => {
          const size = (Math.min(1, Math.abs(own) / (own < 0 ? -(low[at] as number) : (high[at] as number))) || 0) * 50;
          return (
            <button
              key={at}
              type="button"
              aria-pressed={at === chosen}
              aria-label={`value ${at + 1}: ${signed(own, 2)}`}
              data-moved={at in changes}
              onClick={() => setChosen(at)}
            >
              <span style={{ height: `${size}%`, [own < 0 ? "top" : "bottom"]: "50%" }} />
            </button>
          );
        })}
      </div>
      <label>
        value {chosen + 1}: <b className="number">{signed(value, 2)}</b>{" "}
        <small>(1st to 99th percentile of the test digits; their mean is {signed(mean[chosen] as number, 2)})</small>
        <input
          type="range"
          min={low[chosen]}
          max={high[chosen]}
          step="any"
          value={value}
          onChange={(event) => set(Number(event.target.value))}
        />
      </label>
      <LiveNote />
      <button type="button" className="plain" onClick={() => setMoved(undefined)}>
        all back
      </button>
    </figure>
  );
}

const none: Record<number, number> = {};

export interface WalkEnd {
  label: number;
  /** float32 in base64: the code, the digit, and what the trainer recorded as its reconstruction. */
  latent: string;
  pixels: string;
  reconstruction: string;
}

/** From one digit to another: through the code above, as a cross-fade of pixels below. */
export function Walk({ ends }: { ends: readonly WalkEnd[] }) {
  const { live } = useChapter();
  const opened = useMemo(
    () => ends.map(({ latent, pixels }) => ({ latent: decodeFloats(latent), pixels: decodeFloats(pixels) })),
    [ends],
  );
  const [[from, to], setEnds] = useState<[number, number]>([3, 8]);
  const [part, setPart] = useState(0);
  const recorded = useMemo(() => decodeFloats(ends[from]?.reconstruction ?? ""), [ends, from]);
  const mix = useMemo(() => {
    const between = (of: "latent" | "pixels") => {
      const [a, b] = [opened[from], opened[to]].map((end) => end?.[of] as Float32Array) as [Float32Array, Float32Array];
      return a.map((value, at) => value * (1 - part) + (b[at] as number) * part);
    };
    return { latent: between("latent"), pixels: between("pixels") };
  }, [opened, from, to, part]);
  const picture = useDecoded(live.client, live.state.kind === "live", mix.latent, recorded);
  const choose = (end: 0 | 1) => (
    <label>
      {end === 0 ? "from " : "to "}
      <select
        value={end === 0 ? from : to}
        onChange={(event) => setEnds(end === 0 ? [Number(event.target.value), to] : [from, Number(event.target.value)])}
      >
        {ends.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <figure className="walk-figure">
      <div className="walk-ends">
        {choose(0)} {choose(1)}
      </div>
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={part}
        aria-label="How far from the first to the second"
        onChange={(event) => setPart(Number(event.target.value))}
      />
      <div className="tiles">
        <Tile pixels={picture} name="through the code" />
        <Tile pixels={mix.pixels} name="cross-fade of pixels" />
      </div>
      <figcaption>{Math.round(part * 100)} % of the way: move the slider.</figcaption>
      <LiveNote />
    </figure>
  );
}

/** The same network with its code rotated at random: other bars, the same picture. */
export function RotateCode() {
  const { live, stages } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [seed, setSeed] = useState(1);
  const [rotated, setRotated] = useState<Rotated & { of: Float32Array }>();
  const [problem, setProblem] = useState<string>();
  const [selected, setSelected] = useState<number>();
  const rotate = async () => {
    const weights = new Map<string, Float32Array>();
    for (const { name, facts } of stages) {
      if (facts.weights.length === 0) continue;
      const outcome = await live.client.weights(name);
      if (!outcome.ok) return setProblem(outcome.problem.sentence);
      weights.set(`${name}/kernel`, outcome.value.kernel);
      weights.set(`${name}/bias`, outcome.value.bias);
    }
    setRotated({ ...compareRotated(stages, weights, digit.pixels, seed), of: digit.pixels });
    setSeed(seed + 1);
  };
  const shown = rotated?.of === digit.pixels ? rotated : undefined;
  const chart = (latent: Float32Array) => (
    <CodeChart latent={latent} count={latent.length} selected={selected} onSelect={setSelected} className="tile-code" />
  );
  return (
    <figure className="wide rotate-figure">
      <div className="tiles">
        <div>
          {chart(digit.latent)}
          <p className="tile-name">
            <b data-part="code">the code</b>
          </p>
        </div>
        <Tile pixels={digit.reconstruction} name="rebuilt" />
        <div />
        {shown && (
          <>
            <div>
              {chart(shown.latent)}
              <p className="tile-name">
                <b data-part="code">the code, rotated</b>
              </p>
            </div>
            <Tile pixels={shown.reconstruction} name="rebuilt by the rotated network" />
            <div />
          </>
        )}
      </div>
      <button type="button" className="plain" disabled={live.state.kind !== "live"} onClick={rotate}>
        {shown ? "another rotation" : "rotate the code"}
      </button>
      <LiveNote />
      <figcaption aria-live="polite" data-part="rotated">
        {problem}
        {shown && (
          <>
            {shown.changed} of {shown.latent.length} values changed by more than 0.01; no pixel by more than{" "}
            <span className="number">{shown.greatest.toExponential(1).replace("-", "−")}</span>.
          </>
        )}
      </figcaption>
    </figure>
  );
}

const samplers = {
  standard: "each value from N(0, 1)",
  own: "each value with its own mean and spread",
  together: "all values together, with their covariance",
} as const;

/** Codes at random, three ways, and what the decoder paints of them. */
export function Samplers({ spread }: { spread: CodeSpread }) {
  const { live } = useChapter();
  const [way, setWay] = useState<keyof typeof samplers>("standard");
  const [seed, setSeed] = useState(1);
  const [pictures, setPictures] = useState<Float32Array[]>([]);
  const isLive = live.state.kind === "live";
  useEffect(() => {
    if (!isLive) return;
    const [mean, deviation, lower] = [spread.mean, spread.deviation, spread.lower].map(decodeFloats) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const random = createRandom(seed);
    const codes = Array.from({ length: 8 }, () => {
      const normal = Float32Array.from(mean, () => random.normal());
      if (way === "standard") return normal;
      if (way === "own") return normal.map((value, at) => (mean[at] as number) + value * (deviation[at] as number));
      const width = mean.length;
      return mean.map((value, row) => {
        let sum = value;
        for (let column = 0; column <= row; column++) {
          sum += (lower[row * width + column] as number) * (normal[column] as number);
        }
        return sum;
      });
    });
    let wanted = true;
    const paint = async () => {
      const painted: Float32Array[] = [];
      for (const code of codes) {
        const outcome = await live.client.decode(code);
        if (!wanted) return;
        if (outcome.ok) painted.push(outcome.value.reconstruction);
      }
      setPictures(painted);
    };
    void paint();
    return () => {
      wanted = false;
    };
  }, [isLive, live.client, spread, way, seed]);
  return (
    <figure className="samplers">
      <fieldset className="segmented" aria-label="How codes are drawn">
        {Object.entries(samplers).map(([name, text]) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === way}
            onClick={() => setWay(name as keyof typeof samplers)}
          >
            {text}
          </button>
        ))}
      </fieldset>
      <div className="sample-row">
        {Array.from({ length: 8 }, (_, at) =>
          pictures[at] ? (
            <PixelPicture key={at} pixels={greyPixels(pictures[at], 28)} label={`decoded sample ${at + 1}`} />
          ) : (
            <span key={at} />
          ),
        )}
      </div>
      <LiveNote />
      <button type="button" className="plain" onClick={() => setSeed(seed + 1)}>
        again
      </button>
    </figure>
  );
}

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
