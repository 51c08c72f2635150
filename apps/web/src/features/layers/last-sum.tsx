"use client";
import { logit, type MapLayer, sigmoid, valueTerms } from "@autoencoder/model";
import { fixed, NamedButton, Slider, signed } from "@autoencoder/ui";
import { type CSSProperties, useMemo, useState } from "react";
import type { ModelClient } from "../../network/index.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import styles from "./last-sum.module.css";
import { SumLine } from "./sum-line.tsx";
import { useGlide } from "./use-glide.ts";
import { useArithmetic } from "./use-terms.ts";

export interface LastSumProps {
  client: ModelClient;
  layers: readonly MapLayer[];
  digit: RebuiltDigit;
  /** The rebuilt pixel. */
  row: number;
  column: number;
}

/** Sums that the axis shows; what lies further out stands at its end. */
const reach = 10;
/** Units of the drawing, across and up. */
const size = { width: 320, height: 160 };

const across = (sum: number) => ((Math.max(-reach, Math.min(reach, sum)) + reach) / (2 * reach)) * size.width;
const up = (grey: number) => (1 - grey) * size.height;
const curve = Array.from({ length: 81 }, (_, at) => -reach + (at / 80) * 2 * reach)
  .map((sum, at) => `${at === 0 ? "M" : "L"}${across(sum).toFixed(1)} ${up(sigmoid(sum)).toFixed(1)}`)
  .join("");

/** The end of a pixel's way: the last layer's sum, moved along the sigmoid to a grey between black and white. */
export function LastSum(props: LastSumProps) {
  const { digit, layers, row, column } = props;
  const output = layers.at(-1) as MapLayer;
  const terms = useLastTerms(props);
  const grey = digit.reconstruction[row * output.shape[1] + column] as number;
  const sum = terms?.sum ?? logit(grey);
  const key = `${row} ${column} ${sum}`;
  /** A sum that the reader tries in place of the pixel's own. */
  const [tried, setTried] = useState<{ of: string; sum: number }>();
  const own = tried?.of !== key;
  const glide = useGlide(sum);
  const shown = own ? glide.shown : (tried?.sum ?? sum);
  const place = `row ${row}, column ${column}`;
  const slide = () => {
    setTried(undefined);
    glide.from(terms?.bias ?? 0);
  };
  return (
    <section className={styles.last} aria-label="The last sum and its grey">
      <p className={styles.line} data-part="last-sum">
        <SumLine sum={sum} bias={terms?.bias} activation="sigmoid" value={sigmoid(sum)} />
      </p>
      <Curve sum={shown} grey={sigmoid(shown)} bias={terms?.bias} />
      <div className={styles.hand}>
        <Slider
          label={
            <>
              {own ? `the sum of ${place}` : "a sum that you try"}: <b className="number">{signed(shown, 2)}</b>
            </>
          }
          min={-reach}
          max={reach}
          step={0.05}
          value={Math.max(-reach, Math.min(reach, shown))}
          aria-valuetext={`sum ${signed(shown, 2)}, grey ${greyLevel(shown)} of 255`}
          onChoose={(to) => setTried({ of: key, sum: to })}
        />
        <NamedButton
          quiet
          names={["slide from the bias", "back to the pixel’s own sum"]}
          name={own ? "slide from the bias" : "back to the pixel’s own sum"}
          onClick={slide}
        />
      </div>
      <p className="note" aria-live="polite" data-part="steepness">
        {steepness(shown)}
      </p>
    </section>
  );
}

/** The terms of the pixel's sum, once the last layer's weights are there. */
function useLastTerms({ client, layers, digit, row, column }: LastSumProps) {
  const { name } = layers.at(-1) as MapLayer;
  const { arithmetic } = useArithmetic(client, { layers, name, activations: digit.activations?.values });
  return useMemo(() => {
    if (!arithmetic) return undefined;
    const terms = valueTerms(arithmetic, { row, column, channel: 0 });
    return terms.kind === "sum" ? terms : undefined;
  }, [arithmetic, row, column]);
}

interface CurveProps {
  sum: number;
  grey: number;
  /** The sum of a pixel for which all products cancel. */
  bias: number | undefined;
}

/** The sigmoid with a sum on the axis below, carried up to the curve and across to the greys. */
function Curve({ sum, grey, bias }: CurveProps) {
  const [x, y] = [across(sum), up(grey)];
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return (
    <div
      className={styles.plot}
      role="img"
      aria-label={`The sigmoid: a sum of ${signed(sum, 2)} becomes ${fixed(grey)}, grey ${greyLevel(sum)} of 255.`}
    >
      <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path data-part="axis" d={`M0 ${size.height}H${size.width}M${across(0)} 0V${size.height}`} />
        {bias !== undefined && <path data-part="bias" d={`M${across(bias)} ${size.height}v-14`} />}
        <path data-part="curve" d={curve} />
        <path data-part="way" d={`M${x} ${size.height}V${y}H${size.width}`} />
      </svg>
      <span className={styles.dot} style={placed(x, y)} data-part="dot" />
      <span className={styles.greys} aria-hidden="true">
        <i style={{ top: `${(1 - grey) * 100}%` }} />
      </span>
      <span className={styles.swatch} style={{ background: greyColour(sum) }} data-part="swatch" />
      <span className={styles.level} aria-hidden="true">
        grey <b className="number">{greyLevel(sum)}</b> of 255
      </span>
      <span className={styles.ticks} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} className="number" style={{ left: `${(across(tick) / size.width) * 100}%` }}>
            {tick === 0 ? 0 : signed(tick, 0)}
          </span>
        ))}
      </span>
      <span className={styles.axisName} aria-hidden="true">
        sum{sum < -reach && " (this one lies further left)"}
        {sum > reach && " (this one lies further right)"}
      </span>
    </div>
  );
}

function placed(x: number, y: number): CSSProperties {
  return { left: `${(x / size.width) * 100}%`, top: `${(y / size.height) * 100}%` };
}

function greyLevel(sum: number): number {
  return Math.round(255 * sigmoid(sum));
}

function greyColour(sum: number): string {
  const level = greyLevel(sum);
  return `rgb(${level} ${level} ${level})`;
}

/** How much the grey answers to a little more of the sum. */
function steepness(sum: number): string {
  const levels = 255 * (sigmoid(sum + 0.1) - sigmoid(sum));
  if (levels < 0.5) {
    return "The curve is flat here: 0.1 more in the sum changes the grey by less than half a level.";
  }
  return `Here 0.1 more in the sum makes the pixel ${fixed(levels, 1)} levels of 255 brighter.`;
}
