"use client";
import type { AutoencoderSpec } from "@autoencoder/model";
import { Button, fixed, integer, percent, Toggle } from "@autoencoder/ui";
import { useState } from "react";
import { useInAddress } from "../../src/shared/in-address.ts";
import { useAnswer } from "../../src/shared/progress.ts";
import { askedShare } from "./asked-share.ts";
import { assigned, sizedSpec } from "./counts.ts";
import { type Amount, type LayerShare, labelsOf, layerShares, type Segment, segmentsOf, sumOf } from "./shares.ts";
import styles from "./stored-and-done.module.css";

const options = { filters: [8, 16, 32, 64], kernel: [1, 3, 5], latent: [2, 16, 32, 64, 128], input: [28, 56] } as const;

/** Segments below this share of the width are named outside of the bar, in percent. */
const narrow = 12;

const units = { stored: "parameters", done: "multiply-adds" } as const;

/** What the layers store above what they do, joined by bands; sizes to change, with the assigned ones as a ghost. */
export function LiveStoredAndDone({ spec }: { spec: AutoencoderSpec }) {
  const [first, setFirst] = useInAddress<number>("filters", assigned.filters[0], options.filters);
  const [kernel, setKernel] = useInAddress<number>("kernel", assigned.kernel, options.kernel);
  const [latent, setLatent] = useInAddress<number>("latent", assigned.latent, options.latent);
  const [input, setInput] = useInAddress<number>("input", assigned.input, options.input);
  const [pointed, setPointed] = useState<string>();
  const { answered: shown, guess } = useAnswer(askedShare.question, askedShare.options.length);
  const now = layerShares(sizedSpec(spec, { filters: [first, 2 * first], kernel, latent, input }));
  const before = layerShares(sizedSpec(spec, assigned));
  const bars = { stored: barOf(now, before, "stored"), done: barOf(now, before, "done") };
  const layer = now.find(({ name }) => name === pointed);
  const isAssigned =
    first === assigned.filters[0] &&
    kernel === assigned.kernel &&
    latent === assigned.latent &&
    input === assigned.input;
  const reset = () => {
    setFirst(assigned.filters[0]);
    setKernel(assigned.kernel);
    setLatent(assigned.latent);
    setInput(assigned.input);
  };
  return (
    <figure className={`wide ${styles.figure}`} data-testid="stored-and-done" data-withheld={!shown}>
      <BarName amount="stored" {...bars.stored} />
      <Labels segments={bars.stored.segments} />
      <div className={styles.bars}>
        <Drawing bars={bars} pointed={pointed} onPoint={setPointed} guess={guessedShare(guess)} />
        <InsideLabels segments={bars.stored.segments} place="top" />
        <InsideLabels segments={bars.done.segments} place="bottom" />
      </div>
      <Labels segments={bars.done.segments} below />
      <BarName amount="done" {...bars.done} />
      <p className={styles.dense} data-part="dense">
        <DenseShare layers={now} />
      </p>
      <Choice
        label="layer"
        options={now.map(({ name }) => name)}
        text={String}
        value={pointed}
        onChoose={(name) => setPointed(name === pointed ? undefined : name)}
      />
      <p className={styles.layer} data-part="layer" aria-live="polite">
        {layer ? <LayerNumbers layer={layer} all={now} withheld={!shown} /> : "Point at a layer, or choose one."}
      </p>
      <div className={styles.controls}>
        <Choice
          label="filters"
          options={options.filters}
          text={(value) => `${value}, ${2 * value}`}
          value={first}
          onChoose={setFirst}
        />
        <Choice
          label="kernel"
          options={options.kernel}
          text={(value) => `${value} × ${value}`}
          value={kernel}
          onChoose={setKernel}
        />
        <Choice
          label="numbers in the code"
          options={options.latent}
          text={String}
          value={latent}
          onChoose={setLatent}
        />
        <Choice
          label="picture"
          options={options.input}
          text={(value) => `${value} × ${value}`}
          value={input}
          onChoose={setInput}
        />
        <Button onClick={reset} disabled={isAssigned}>
          reset
        </Button>
      </div>
      <figcaption>
        The full parts are Dense layers, the pale ones convolutions. With other sizes than the assigned ones a dashed
        frame is as long as the bar of these. Multiply-adds are those of one digit, and count products with padding
        zeros, as other tools do.
      </figcaption>
    </figure>
  );
}

interface Bar {
  segments: Segment[];
  all: number;
  then: number;
  /** What the whole width holds. */
  longest: number;
}

function barOf(now: readonly LayerShare[], before: readonly LayerShare[], amount: Amount): Bar {
  const [all, then] = [sumOf(now, amount), sumOf(before, amount)];
  const longest = Math.max(all, then);
  return { segments: segmentsOf(now, amount, longest), all, then, longest };
}

/** The share of the work that was guessed, in percent; nothing where the guess was right or none was made. */
function guessedShare(guess: number | undefined): number | undefined {
  return guess === undefined || guess === 0 ? undefined : askedShare.options[guess];
}

function BarName({ amount, all, then }: Bar & { amount: Amount }) {
  return (
    <p className={styles.name} data-part={units[amount]} data-second={amount === "done"}>
      <b>{amount}</b>: <span className="number">{integer(all)}</span> {units[amount]}
      {all !== then && (
        <>
          , × <span className="number">{fixed(all / then, 2)}</span> of the assigned{" "}
          <span className="number">{integer(then)}</span>
        </>
      )}
    </p>
  );
}

/** Drawn in percent of the width, and of a height that the style sheet sets. */
const barHeight = 20;

interface DrawingProps {
  bars: { stored: Bar; done: Bar };
  pointed: string | undefined;
  onPoint: (name: string | undefined) => void;
  guess: number | undefined;
}

function Drawing({ bars: { stored, done }, pointed, onPoint, guess }: DrawingProps) {
  const dense = done.segments.find(({ layer }) => layer.dense);
  const lower = 100 - barHeight;
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" onPointerLeave={() => onPoint(undefined)}>
      {stored.segments.map((above, at) => {
        const below = done.segments[at] as Segment;
        const { name, dense } = above.layer;
        const [left, right] = [above.left, above.left + above.width];
        const band = `M${left} ${barHeight}H${right}L${below.left + below.width} ${lower}H${below.left}Z`;
        return (
          <g
            key={name}
            className={dense ? styles.ofDense : styles.ofConvolution}
            data-lit={name === pointed}
            onPointerOver={() => onPoint(name)}
          >
            <path className={styles.band} d={band} />
            <rect x={left} y={0} width={above.width} height={barHeight} />
            <rect className={styles.second} x={below.left} y={lower} width={below.width} height={barHeight} />
          </g>
        );
      })}
      <Ghost bar={stored} y={0} />
      <Ghost bar={done} y={lower} />
      {guess !== undefined && dense && done.all === done.then && (
        <rect
          className={styles.guess}
          x={dense.left}
          y={lower}
          width={Math.min(guess, 100 - dense.left)}
          height={barHeight}
        />
      )}
    </svg>
  );
}

/** How long the bar of the assigned sizes is, where it is another. */
function Ghost({ bar: { all, then, longest }, y }: { bar: Bar; y: number }) {
  if (all === then) return null;
  return <rect className={styles.ghost} x={0} y={y} width={(100 * then) / longest} height={barHeight} />;
}

/** Names of what is too narrow to hold one, beside the bar. */
function Labels({ segments, below = false }: { segments: readonly Segment[]; below?: boolean }) {
  const outside = labelsOf(segments, narrow).filter(({ inside }) => !inside);
  return (
    <p className={styles.outside} data-second={below} aria-hidden="true">
      {outside.map(({ names, share, left, width }) => {
        const centre = left + width / 2;
        const at = centre < 20 ? { left: 0 } : centre > 80 ? { right: 0 } : { left: `${centre}%`, translate: "-50%" };
        return (
          <span key={names[0]} style={at} data-middle={"translate" in at}>
            <b className="number">{percent(share)}</b>{" "}
            {names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(", ")}
          </span>
        );
      })}
    </p>
  );
}

function InsideLabels({ segments, place }: { segments: readonly Segment[]; place: "top" | "bottom" }) {
  return labelsOf(segments, narrow)
    .filter(({ inside }) => inside)
    .map(({ names: [name = ""], share, left, width }) => (
      <span
        key={name}
        className={styles.inside}
        data-place={place}
        data-second={place === "bottom"}
        data-dense={segments.find(({ layer }) => layer.name === name)?.layer.dense}
        style={{ left: `${left}%`, width: `${width}%` }}
        aria-hidden="true"
      >
        {name}
        <b className="number">{percent(share)}</b>
      </span>
    ));
}

function DenseShare({ layers }: { layers: readonly LayerShare[] }) {
  const dense = layers.filter((layer) => layer.dense);
  const share = (amount: Amount) => percent(sumOf(dense, amount) / sumOf(layers, amount));
  return (
    <>
      The two Dense layers hold <b className="number">{share("stored")}</b> of the parameters and do{" "}
      <b className="number">{share("done")}</b> of the multiply-adds.
    </>
  );
}

function LayerNumbers({
  layer: { name, stored, done, usesOfEachWeight },
  all,
  withheld,
}: {
  layer: LayerShare;
  all: readonly LayerShare[];
  withheld: boolean;
}) {
  const part = (amount: Amount, value: number) =>
    `${integer(value)} ${units[amount]} (${percent(value / sumOf(all, amount))})`;
  return (
    <>
      <code>{name}</code>: {part("stored", stored)}
      {!withheld && (
        <>
          , {part("done", done)}. It uses each weight{" "}
          {usesOfEachWeight === 1 ? "once" : `${integer(usesOfEachWeight)} times`}
        </>
      )}
      .
    </>
  );
}

interface ChoiceProps<Option> {
  label: string;
  options: readonly Option[];
  text: (value: Option) => string;
  value: Option | undefined;
  onChoose: (value: Option) => void;
}

function Choice<Option extends number | string>({ label, options, text, value, onChoose }: ChoiceProps<Option>) {
  return (
    <div>
      <p className={styles.choice} aria-hidden="true">
        {label}
      </p>
      <Toggle<Option | undefined>
        label={label}
        options={options}
        value={value}
        onChoose={(chosen) => chosen !== undefined && onChoose(chosen)}
        name={(option) => option !== undefined && text(option)}
        className={styles.toggle}
      />
    </div>
  );
}
