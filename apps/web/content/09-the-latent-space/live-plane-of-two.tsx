import { Button, fixed, greyPixels, integer, PixelPicture, percent, signed, Toggle } from "@autoencoder/ui";
import { type KeyboardEvent, useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import type { NetworkFiles, RemoteFile } from "../../src/network/index.ts";
import { fetchTestLabels } from "../../src/shared/fetch-numbers.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { classColours, drawClassPoints, planeSide } from "./class-points.ts";
import styles from "./plane-of-two.module.css";
import { PlanePad } from "./plane-pad.tsx";

export interface LivePlaneOfTwoProps {
  network: NetworkFiles;
  /** The codes of the test digits. */
  codes: RemoteFile;
  /** Address of the sheet of what the decoder paints all over the plane, and how many pictures stand along its side. */
  sheet: string;
  painted: number;
  /** The plane's edges, for both numbers. */
  range: { low: readonly number[]; high: readonly number[] };
  /** Of the test digits' codes, the share that lies within. */
  share: number;
  /** The digit that the page opens on: its code, and what is painted from it as bytes in base64. */
  first: { code: readonly number[]; picture: string };
  /** The run's test MSE. */
  error: number;
}

type Shown = "what it paints" | "the test digits";
/** A step of an arrow key, as a part of the plane. */
const keyStep = 0.02;

/** A plane in which every point is a code of two numbers: point anywhere, and the decoder paints it. */
export function LivePlaneOfTwo(props: LivePlaneOfTwoProps) {
  const { network, sheet, painted, range, share, first, error } = props;
  const { live } = useChapter();
  const [shown, setShown] = useState<Shown>("what it paints");
  const [pointed, setPointed] = useState<readonly number[]>();
  const own = useOwnCode(network, first.code);
  const code = pointed ?? own ?? first.code;
  const opening = useMemo(() => decodeBytes(first.picture), [first]);
  const isFirst = code.every((value, at) => value === first.code[at]);
  const ask = useMemo(
    () =>
      isFirst
        ? undefined
        : (signal: AbortSignal) => live.client.decodeBy({ network, latents: Float32Array.from(code) }, { signal }),
    [isFirst, live.client, network, code],
  );
  const { value, result } = useAsk(ask);
  const picture = isFirst ? opening : (value?.reconstructions ?? opening);
  const codes = usePoints(props, shown === "the test digits");
  const problem = sentenceOf(result) ?? codes.problem;
  const span = (axis: number) => (range.high[axis] as number) - (range.low[axis] as number);
  /** Where a code lies on the drawn plane: its second number grows upwards. */
  const placeOf = ([x = 0, y = 0]: ArrayLike<number> & Iterable<number>): [number, number] => [
    (x - (range.low[0] as number)) / span(0),
    1 - (y - (range.low[1] as number)) / span(1),
  ];
  const point = (x: number, y: number) =>
    setPointed([(range.low[0] as number) + x * span(0), (range.low[1] as number) + (1 - y) * span(1)]);
  const key = (event: KeyboardEvent) => {
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [x, y] = placeOf(Float32Array.from(code));
    const clamp = (at: number) => Math.min(1, Math.max(0, at));
    point(clamp(x + (by[0] as number) * keyStep), clamp(y + (by[1] as number) * keyStep));
  };
  const draw = (canvas: HTMLCanvasElement | null) => {
    const context = canvas?.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, planeSide, planeSide);
    if (shown !== "the test digits" || !codes.value) return;
    const { points, labels } = codes.value;
    drawClassPoints(context, labels, (at) => placeOf(points.subarray(2 * at, 2 * at + 2)));
  };
  const words = code.map((value) => signed(value, 2)).join(", ");
  const place = placeOf(Float32Array.from(code));
  const marker = place.map((at) => Math.min(1, Math.max(0, at))) as [number, number];
  const isOutside = marker.some((at, axis) => Math.abs(at - (place[axis] as number)) > 1e-6); // float32 at the very edge
  return (
    <figure className={`wide ${styles.figure}`} data-testid="plane-of-two" data-code={words}>
      <div className={styles.plane}>
        <Toggle<Shown>
          label="What the plane shows"
          options={["what it paints", "the test digits"]}
          value={shown}
          onChoose={setShown}
          name={(option) => option}
        />
        <PlanePad
          label="The plane of all codes. Arrow keys move the point."
          value={Math.round(marker[0] * 100)}
          most={100}
          valueText={`code ${words}`}
          marker={marker}
          onPoint={point}
          onKeyDown={key}
        >
          {/* biome-ignore lint/performance/noImgElement: drawn by the server from the run, immutable */}
          <img src={sheet} alt="" width={planeSide} height={planeSide} data-shown={shown === "what it paints"} />
          <canvas ref={draw} width={planeSide} height={planeSide} />
        </PlanePad>
        {shown === "the test digits" && (
          <p className={styles.legend}>
            {classColours.map((colour, label) => (
              <span key={colour}>
                <i style={{ background: colour }} />
                {label}
              </span>
            ))}
          </p>
        )}
      </div>
      <div className={styles.side}>
        <PixelPicture
          pixels={greyPixels(picture)}
          label={`painted from the code ${words}`}
          className={styles.picture}
        />
        <p aria-live="polite">
          painted from <b className="number">({words})</b>
          {isOutside && ", which lies outside the plane: the ring is at the nearest place on its edge"}
        </p>
        <Button disabled={pointed === undefined} onClick={() => setPointed(undefined)}>
          back to your digit
        </Button>
        {problem && <p role="alert">This network could not be asked: {problem}</p>}
        <LiveNote />
      </div>
      <figcaption>
        This network was trained like the others, and its test MSE is {fixed(error, 4)}. The first number grows to the
        right, from {signed(range.low[0] as number, 1)} to {signed(range.high[0] as number, 1)}. The second grows
        upwards, from {signed(range.low[1] as number, 1)} to {signed(range.high[1] as number, 1)}. The codes of{" "}
        {percent(share, 0)} of the test digits lie within. The sheet has {painted} × {painted} pictures, and each is
        painted from the code in its middle. Pointing loads {integer(Math.round(bytesOf(network) / 1000))} kB.
      </figcaption>
    </figure>
  );
}

function bytesOf({ encoder, decoder }: NetworkFiles): number {
  return [encoder.model, encoder.weights, decoder.model, decoder.weights].reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The chapter's digit as two numbers; those of the digit that the page opens on come with the page. */
function useOwnCode(network: NetworkFiles, first: readonly number[]): readonly number[] | undefined {
  const { live } = useChapter();
  const { digit, recorded, client } = live;
  const isOpening = !digit || digit.pixels.every((value, at) => value === recorded.pixels[at]);
  const ask = useMemo(
    () =>
      isOpening || !digit
        ? undefined
        : (signal: AbortSignal) => client.reconstructBy({ network, pixels: digit.pixels }, { signal }),
    [isOpening, digit, client, network],
  );
  const latent = useAsk(ask, { wait: 100 }).value?.latent;
  return useMemo(() => (isOpening ? first : latent && Array.from(latent)), [isOpening, first, latent]);
}

/** The codes of the test digits and their classes, once they are asked for. */
function usePoints({ codes }: LivePlaneOfTwoProps, wanted: boolean) {
  const ask = useMemo(() => {
    if (!wanted) return undefined;
    return () =>
      attempt(async () => {
        const { codePoints } = await import("./code-points.ts"); // what opens tables comes with the first of them
        const points = await codePoints(codes);
        return { points, labels: await fetchTestLabels(points.length / 2) };
      });
  }, [wanted, codes]);
  const { value, result } = useAsk(ask);
  return { value, problem: sentenceOf(result) };
}
