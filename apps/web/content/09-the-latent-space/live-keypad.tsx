"use client";
import { Button, Slider, signed, Tile, Tiles } from "@autoencoder/ui";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { useChapter, WithLiveNote } from "../../src/features/chapter/chapter-live.tsx";
import { decodeFloats } from "../../src/features/digit/encoding.ts";
import { useStrongestValue } from "../../src/features/digit/use-strongest-value.ts";
import { alone, FilmOfValue, frames } from "./film-of-value.tsx";
import styles from "./keypad.module.css";
import { type Selection, useSelection } from "./selection.tsx";
import { useDecoded } from "./use-decoded.ts";

export interface LiveKeypadProps {
  /** Of each value of the code its mean over the test digits, and its 1st and 99th percentile: float32 in base64. */
  spread: { mean: string; low: string; high: string };
}

/** The code as a keypad: choose a value, move it, and the decoder paints what it makes of it. */
export function LiveKeypad({ spread }: LiveKeypadProps) {
  const { live } = useChapter();
  const selection = useSelection();
  const { digit, value: chosen, code, isMoved, move, reset } = selection;
  const { mean, ends } = useMemo(() => {
    const [mean, low, high] = [spread.mean, spread.low, spread.high].map((text) => decodeFloats(text));
    return { mean: mean as Float32Array, ends: { low: low as Float32Array, high: high as Float32Array } };
  }, [spread]);
  const strongest = useSuggestion(selection, ends);
  const picture = useDecoded(live.client, live.state.kind === "live", code, digit.reconstruction);
  const value = code[chosen] as number;
  const [low, high] = [ends.low[chosen] as number, ends.high[chosen] as number];
  const film = useFilm(digit.latent, chosen, low, high);
  return (
    <figure data-testid="keypad">
      <div className={styles.stage}>
        <Tiles className={styles.tiles}>
          <Tile pixels={digit.reconstruction} name="rebuilt" />
          <Tile pixels={picture} name="with your code" />
        </Tiles>
        <Keys {...{ selection, ends }} />
      </div>
      <Slider
        label={
          <>
            value {chosen}: <b className="number">{signed(value, 2)}</b>{" "}
            <small>
              (1st to 99th percentile of the test digits; their mean is {signed(mean[chosen] as number, 2)})
            </small>
          </>
        }
        min={low}
        max={high}
        step="any"
        value={value}
        onChoose={(to) => move(chosen, to)}
      />
      <FilmOfValue {...film} label={`What value ${chosen} does, from its lowest to its highest`} />
      <WithLiveNote>
        <Button disabled={!isMoved} onClick={reset}>
          all back
        </Button>
      </WithLiveNote>
      <figcaption>
        The row shows this digit with value {chosen} from its 1st to its 99th percentile, and all other values left
        alone. {strongest && strongest.index !== chosen && `Value ${strongest.index} changes this digit most.`}
        {strongest?.index === chosen && "No other value changes this digit as much."}
      </figcaption>
    </figure>
  );
}

/** Looks for the value that changes the digit most, and suggests it to all figures. */
function useSuggestion({ suggest }: Selection, ends: { low: Float32Array; high: Float32Array }) {
  const { live } = useChapter();
  const strongest = useStrongestValue(live, ends);
  const index = strongest?.index;
  const latest = useRef(suggest);
  latest.current = suggest;
  useEffect(() => {
    if (index !== undefined) latest.current(index);
  }, [index]);
  return strongest;
}

/** The film of one value of a digit's code, from its lowest to its highest. */
function useFilm(code: Float32Array, chosen: number, low: number, high: number) {
  return useMemo(() => {
    const own = code[chosen] as number;
    const steps = Array.from({ length: frames }, (_, at) => low + (at / (frames - 1)) * (high - low) - own);
    return {
      code,
      direction: alone(chosen, code.length),
      steps,
      nameOf: (step: number) => signed(own + step, 1),
    };
  }, [code, chosen, low, high]);
}

interface KeysProps {
  selection: Selection;
  ends: { low: Float32Array; high: Float32Array };
}

/** How far the pointer goes before it moves a value and does not only choose it, in pixels. */
const slack = 3;
/** What an arrow key moves a value by, as a part of its range. */
const keyStep = 1 / 20;

/**
 * A tile for each value, with a bar up or down. A mouse moves a bar by dragging it, the keys by up and down. A finger chooses
 * a tile and leaves its way up and down to the page; the slider below moves the chosen one.
 */
function Keys({ selection, ends: { low, high } }: KeysProps) {
  const { digit, code, value: chosen, chooseValue, move } = selection;
  const drag = useRef<{ from: number; moves: boolean }>(undefined);
  const within = (at: number, to: number) => Math.min(high[at] as number, Math.max(low[at] as number, to));
  const dragTo = (event: PointerEvent<HTMLButtonElement>, at: number) => {
    if (!drag.current) return;
    drag.current.moves ||= Math.abs(event.clientY - drag.current.from) > slack;
    if (!drag.current.moves) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const up = 1 - (2 * (event.clientY - top)) / height; // from −1 at the tile's lower edge to 1 at its upper one
    move(at, within(at, up * (up < 0 ? -(low[at] as number) : (high[at] as number))));
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const across: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageUp: -8, PageDown: 8 };
    const up: Record<string, number> = { ArrowUp: 1, ArrowDown: -1 };
    const { key } = event;
    const to = key === "Home" ? 0 : key === "End" ? code.length - 1 : across[key] && chosen + across[key];
    if (up[key] !== undefined) {
      const step = up[key] * keyStep * ((high[chosen] as number) - (low[chosen] as number));
      move(chosen, within(chosen, (code[chosen] as number) + step));
    } else if (to !== undefined) {
      const next = Math.min(code.length - 1, Math.max(0, to));
      chooseValue(next);
      (event.currentTarget.children[next] as HTMLElement).focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles.keypad}
      role="toolbar"
      aria-label="The values of the code: left and right choose one, up and down move it"
      onKeyDown={press}
    >
      {Array.from(code, (own, at) => {
        const size = (Math.min(1, Math.abs(own) / (own < 0 ? -(low[at] as number) : (high[at] as number))) || 0) * 50;
        return (
          <button
            key={at}
            type="button"
            tabIndex={at === chosen ? 0 : -1}
            aria-pressed={at === chosen}
            aria-label={`value ${at}: ${signed(own, 2)}`}
            data-moved={own !== digit.latent[at]}
            onClick={() => chooseValue(at)}
            onPointerDown={(event) => {
              if (event.button !== 0 || event.pointerType === "touch") return;
              chooseValue(at);
              event.currentTarget.setPointerCapture(event.pointerId);
              drag.current = { from: event.clientY, moves: false };
            }}
            onPointerMove={(event) => dragTo(event, at)}
            onPointerUp={() => {
              drag.current = undefined;
            }}
            onPointerCancel={() => {
              drag.current = undefined;
            }}
          >
            <span style={{ height: `${size}%`, [own < 0 ? "top" : "bottom"]: "50%" }} />
          </button>
        );
      })}
    </div>
  );
}
