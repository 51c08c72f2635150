import { floatsOf } from "@autoencoder/data";
import {
  fixed,
  integer,
  logTicks,
  PixelPicture,
  Slider,
  signedDifference,
  signedPixels,
  Tile,
  TileName,
  Tiles,
  Toggle,
} from "@autoencoder/ui";
import { type PointerEvent, useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeDigit, type EncodedDigit } from "../../src/features/digit/digits.ts";
import { type ErrorRange, heightOfDot, placeOfError, stripRows } from "../../src/shared/error-strip.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { pictureSide } from "../../src/shared/pixels.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { askServer } from "../../src/trpc/ask.ts";
import styles from "./error-strip.module.css";

export interface LiveErrorStripProps {
  run: string;
  /** Address of the drawn dots. */
  dots: string;
  range: ErrorRange;
  /** Of each digit. */
  medians: readonly number[];
  counts: readonly number[];
  levels: readonly { name: string; mse: number }[];
  /** The test digit that the figure opens on, its place among those of its class by error, and its error. */
  first: EncodedDigit;
  firstRank: number;
  firstError: number;
}

/** 10,000 errors by digit: point at a dot, or choose a digit and a place in its row, and see what was rebuilt. */
export function LiveErrorStrip(props: LiveErrorStripProps) {
  const { run, dots, range, medians, counts, levels, first, firstRank, firstError } = props;
  const [digit, setDigit] = useState(first.label);
  const [rank, setRank] = useState(firstRank);
  const [moved, setMoved] = useState(false);
  const sorted = useClass(run, digit, moved);
  const shown = useRebuilt(first, moved ? sorted.value?.indices[rank] : first.index);
  const mse = moved ? sorted.value?.mse[rank] : firstError;
  const index = moved ? sorted.value?.indices[rank] : first.index;
  const problem = sorted.problem ?? shown.problem;
  const count = counts[digit] as number;
  const choose = (digit: number, rank: number) => {
    setMoved(true);
    setDigit(digit);
    setRank(Math.max(0, Math.min((counts[digit] as number) - 1, rank)));
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * stripRows);
    if (row < 0 || row >= stripRows) return;
    const part = (event.clientX - box.left) / box.width;
    const error = range.low * (range.high / range.low) ** part;
    // The row that was pointed at may not be loaded yet: its median says where about in it the place lies.
    const near = row === digit && sorted.value ? nearestRank(sorted.value.mse, error) : undefined;
    choose(
      row,
      near ??
        (error < (medians[row] as number)
          ? Math.floor((counts[row] as number) / 4)
          : Math.floor((3 * (counts[row] as number)) / 4)),
    );
  };
  const place = (error: number) => `${placeOfError(error, range) * 100}%`;
  return (
    <figure className={`wide ${styles.figure}`} data-testid="error-strip" data-index={index}>
      <div className={styles.plot}>
        <ol className={styles.names} aria-hidden="true">
          {medians.map((_, row) => (
            <li key={row} data-chosen={row === digit}>
              {row}
            </li>
          ))}
        </ol>
        <div
          className={styles.area}
          aria-hidden="true"
          onPointerMove={(event) => event.pointerType !== "touch" && point(event)}
          onClick={(event) => point(event as unknown as PointerEvent<HTMLElement>)}
        >
          <div className={styles.dots} style={{ maskImage: `url(${dots})` }} />
          {medians.map((median, row) => (
            <i key={row} className={styles.median} style={{ left: place(median), top: `${row * stripRows}%` }} />
          ))}
          {levels.map(({ name, mse }, at) => (
            <i
              key={name}
              className={styles.level}
              style={{ "--at": placeOfError(mse, range), "--row": at } as React.CSSProperties}
            >
              <small>{name}</small>
            </i>
          ))}
          {mse !== undefined && index !== undefined && (
            <i className={styles.chosen} style={{ left: place(mse), top: `${heightOfDot(digit, index) * 100}%` }} />
          )}
        </div>
        <div className={styles.axis} aria-hidden="true">
          {logTicks([range.low, range.high]).map((tick) => (
            <span key={tick} style={{ left: place(tick) }}>
              {tick}
            </span>
          ))}
        </div>
        <p className={styles.axisName} aria-hidden="true">
          mean squared error of one test digit
        </p>
      </div>
      <div className={styles.controls}>
        <Toggle
          label="digit"
          options={medians.map((_, row) => row)}
          value={digit}
          onChoose={(to) => choose(to, Math.floor((counts[to] as number) / 2))}
          name={String}
          className={styles.digits}
        />
        <Slider
          label={
            <>
              <b className="number">{integer(rank + 1)}</b> of {integer(count)}, from the least error to the greatest
            </>
          }
          min={0}
          max={count - 1}
          step={1}
          value={rank}
          aria-valuetext={`${rank + 1} of ${count}${mse === undefined ? "" : `, error ${fixed(mse, 4)}`}`}
          onChoose={(to) => choose(digit, to)}
        />
      </div>
      <Tiles className={styles.tiles}>
        <Tile
          pixels={shown.pixels}
          name="test digit"
          label={`test digit ${index}, a ${digit}`}
          note={index === undefined ? "" : `number ${index}`}
        />
        <Tile
          pixels={shown.rebuilt}
          name="rebuilt"
          part="decoder"
          note={mse === undefined ? "" : `MSE ${fixed(mse, 5)}`}
        />
        <Difference pixels={shown.pixels} rebuilt={shown.rebuilt} />
      </Tiles>
      {problem && <p role="alert">This digit could not be shown: {problem}</p>}
      <figcaption>
        Each dot is a test digit, and the axis is logarithmic. The line in each row is the median. The dotted lines are
        mean errors on the validation images
        {levels.map(({ name, mse }, at) => `${at === 0 ? ":" : ","} ${fixed(mse, 4)} of ${name}`)}. Where dots lie close
        together the plot is darker.
      </figcaption>
      <LiveNote />
    </figure>
  );
}

function Difference({ pixels, rebuilt }: { pixels: Float32Array; rebuilt: Float32Array }) {
  const { difference, greatest } = useMemo(() => signedDifference(pixels, rebuilt), [pixels, rebuilt]);
  return (
    <div>
      <PixelPicture
        pixels={signedPixels(difference, pictureSide, greatest)}
        label="rebuilt minus test digit"
        className={styles.difference}
      />
      <TileName name="difference" note="teal too bright" />
    </div>
  );
}

/** The test digits of a class by error, once they are asked for. */
function useClass(run: string, label: number, wanted: boolean) {
  const ask = useMemo(
    () =>
      wanted
        ? () =>
            attempt(async () => ({
              label,
              ...(await askServer((api) => api.classByError.query({ name: run, label }))),
            }))
        : undefined,
    [run, label, wanted],
  );
  const { value, result } = useAsk(ask);
  return { value: value?.label === label ? value : undefined, problem: sentenceOf(result) };
}

/** A test digit and what the network makes of it; the last one stays until the next has come. */
function useRebuilt(first: EncodedDigit, index: number | undefined) {
  const { live } = useChapter();
  const opening = useMemo(() => decodeDigit(first), [first]);
  const isLive = live.state.kind === "live";
  const ask = useMemo(() => {
    if (!isLive || index === undefined || index === first.index) return undefined;
    return () =>
      attempt(async () => {
        const [bytes] = await fetchTestDigits([index]);
        const pixels = floatsOf(bytes as Uint8Array);
        const answer = await live.client.reconstruct(pixels, false);
        if (!answer.ok) throw new Error(answer.problem.sentence);
        return { index, pixels, rebuilt: answer.value.reconstruction };
      });
  }, [isLive, index, first.index, live.client]);
  const { value, result } = useAsk(ask, { wait: 60 }); // milliseconds: the pointer passes many dots on its way
  const shown = index === first.index || !value ? { pixels: opening.pixels, rebuilt: opening.reconstruction } : value;
  return { ...shown, problem: index === first.index ? undefined : sentenceOf(result) };
}

/** The place of the error nearest to one among errors in rising order. */
function nearestRank(sorted: readonly number[], error: number): number {
  const next = sorted.findIndex((value) => value >= error);
  if (next === -1) return sorted.length - 1;
  if (next === 0) return 0;
  return error / (sorted[next - 1] as number) < (sorted[next] as number) / error ? next - 1 : next;
}
