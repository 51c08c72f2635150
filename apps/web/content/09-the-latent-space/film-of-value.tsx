import { greyPixels, PixelPicture, signed } from "@autoencoder/ui";
import { useMemo } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { attempt } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./film-of-value.module.css";

/** Pictures of a film. */
export const frames = 7;
/** Milliseconds that a code stays the same before its film is painted. */
const rest = 200;

export interface FilmOfValueProps {
  /** [latent] */
  code: Float32Array;
  /** Where the code goes, by a step of 1: [latent] */
  direction: ArrayLike<number>;
  /** How far it goes, from picture to picture. */
  steps: readonly number[];
  /** What stands below a picture, by its step. */
  nameOf?: (step: number) => string;
  /** Of the whole film. */
  label: string;
}

/** What the decoder paints while a code moves in one direction. */
export function FilmOfValue({ code, direction, steps, nameOf = (step) => signed(step, 1), label }: FilmOfValueProps) {
  const { live } = useChapter();
  const isLive = live.state.kind === "live";
  const ask = useMemo(() => {
    if (!isLive) return undefined;
    return (signal: AbortSignal) =>
      attempt(async () => {
        const painted: Float32Array[] = [];
        for (const step of steps) {
          const latent = code.map((value, at) => value + step * (direction[at] as number));
          const decoded = await live.client.decode({ latent }, { signal });
          if (decoded.ok) painted.push(decoded.value.reconstruction);
        }
        return painted;
      });
  }, [isLive, live.client, code, direction, steps]);
  const { value: pictures = [], fresh } = useAsk(ask, { wait: rest });
  return (
    <ol className={styles.film} aria-label={label} data-part="film" data-fresh={fresh}>
      {steps.map((step, at) => (
        <li key={step}>
          {pictures[at] ? <PixelPicture pixels={greyPixels(pictures[at])} label="" /> : <span />}
          <small className="number">{nameOf(step)}</small>
        </li>
      ))}
    </ol>
  );
}

/** The direction of one value: 1 at its place, 0 elsewhere. [count] */
export function alone(index: number, count: number): Float32Array {
  const direction = new Float32Array(count);
  direction[index] = 1;
  return direction;
}
