import { Button, exponential, fixed, greyPixels, integer, MapPicture, signedPixels, Toggle } from "@autoencoder/ui";
import { type ReactNode, useState } from "react";
import type { SlowStep } from "../../training/messages.ts";
import { stepOf } from "./adam-step.ts";
import styles from "./train.module.css";

const phases = ["forward", "error", "gradient", "update"] as const;
type Phase = (typeof phases)[number];
const phaseNames: Record<Phase, string> = {
  forward: "1 forward",
  error: "2 error",
  gradient: "3 gradient",
  update: "4 update",
};

export interface SlowMotionProps {
  /** The step that was looked at last. */
  slow: SlowStep | undefined;
  loss: "mse" | "bce";
  /** Whether a step can be taken. */
  ready: boolean;
  onStep: () => void;
}

/** One real step in four phases, with the numbers of one pixel and of one weight. */
export function SlowMotion({ slow, loss, ready, onStep }: SlowMotionProps) {
  const [phase, setPhase] = useState<Phase>("forward");
  const step = () => {
    setPhase("forward");
    onStep();
  };
  return (
    <fieldset
      className={styles.slow}
      data-testid="slow"
      data-step={slow?.step}
      aria-label="One step in slow motion"
      onKeyDown={({ key }) => {
        const chosen = phases[Number(key) - 1];
        if (chosen) setPhase(chosen);
      }}
    >
      <Button quiet unavailable={!ready} onClick={step}>
        {slow ? "take the next step in slow motion" : "take one step in slow motion"}
      </Button>
      {slow && <Phases key={slow.step} {...{ slow, loss, phase }} onPhase={setPhase} />}
      {!slow && <p className={styles.note}>A step, and what it does to one pixel and to one weight.</p>}
    </fieldset>
  );
}

interface PhasesProps {
  slow: SlowStep;
  loss: "mse" | "bce";
  phase: Phase;
  onPhase: (phase: Phase) => void;
}

function Phases({ slow, loss, phase, onPhase }: PhasesProps) {
  // At first where the error is largest, and the weight that has the largest part in the loss.
  const [pixel, setPixel] = useState(() => greatest(slow.digit, (value, at) => Math.abs(value - paintedAt(slow, at))));
  const [weight, setWeight] = useState(() => greatest(slow.gradient, Math.abs));
  const after = phase === "update";
  const output = after ? slow.outputAfter : slow.outputBefore;
  const place = `row ${Math.floor(pixel / 28)}, column ${pixel % 28}`;
  const of = { slow, loss, pixel, weight, place };
  return (
    <fieldset className={styles.phases} aria-label={`Step ${slow.step}`}>
      <Toggle label="Phase" options={phases} value={phase} onChoose={onPhase} name={(one) => phaseNames[one]} />
      <div className={styles.slowPictures}>
        <figure>
          <MapPicture
            pixels={greyPixels(slow.digit)}
            label="The first digit"
            value={fixed(slow.digit[pixel] as number, 3)}
            row={Math.floor(pixel / 28)}
            column={pixel % 28}
            onMove={(row, column) => setPixel(row * 28 + column)}
            pans
          />
          <figcaption>as it is</figcaption>
        </figure>
        <figure>
          <MapPicture
            pixels={greyPixels(output)}
            label={`The first digit as it is painted ${after ? "after" : "before"} the step`}
            value={fixed(output[pixel] as number, 3)}
            row={Math.floor(pixel / 28)}
            column={pixel % 28}
            onMove={(row, column) => setPixel(row * 28 + column)}
            pans
          />
          <figcaption>{after ? "painted after the step" : "painted before the step"}</figcaption>
        </figure>
      </div>
      <p aria-live="polite" data-part={phase}>
        {sentences[phase](of)}
      </p>
      {(phase === "gradient" || phase === "update") && <WeightChoice {...of} phase={phase} onChoose={setWeight} />}
    </fieldset>
  );
}

interface Looked {
  slow: SlowStep;
  loss: "mse" | "bce";
  pixel: number;
  weight: number;
  place: string;
}

const sentences: Record<Phase, (of: Looked) => ReactNode> = {
  forward: ({ slow, pixel, place }) => (
    <>
      The digit goes through the network as it was before step {integer(slow.step)}. At {place} the picture has{" "}
      <N>{fixed(slow.digit[pixel] as number)}</N>. The network paints <N>{fixed(paintedAt(slow, pixel))}</N>.
    </>
  ),
  error: ({ slow, loss, pixel, place }) => {
    const [wanted, painted] = [slow.digit[pixel] as number, paintedAt(slow, pixel)];
    const error = loss === "mse" ? (painted - wanted) ** 2 : crossEntropy(wanted, painted);
    const formula =
      loss === "mse"
        ? `(${fixed(painted)} − ${fixed(wanted)})²`
        : `−${fixed(wanted)} · ln ${fixed(painted)} − ${fixed(1 - wanted)} · ln ${fixed(1 - painted)}`;
    return (
      <>
        At {place} the error is {formula} = <N>{fixed(error)}</N>. The loss of the step is the mean of such errors over
        all pixels of its batch: <N>{fixed(slow.loss)}</N>. This digit is a test digit, and is not in the batch.
      </>
    );
  },
  gradient: ({ slow, weight }) => {
    const gradient = slow.gradient[weight] as number;
    return (
      <>
        Backpropagation finds, for every weight at once, how the batch’s loss changes with it.{" "}
        {weightName(slow, weight)} is <N>{fixed(slow.before[weight] as number)}</N>, and its gradient is{" "}
        <N>{small(gradient)}</N>: a weight larger by 0.01 would make the loss {gradient < 0 ? "smaller" : "larger"} by
        about <N>{small(Math.abs(gradient) * 0.01)}</N>.
      </>
    );
  },
  update: ({ slow, pixel, weight, place }) => {
    const [before, after] = [slow.before[weight] as number, slow.after[weight] as number];
    const step = stepOf(slow, weight);
    return (
      <>
        {step.m !== undefined ? (
          <>
            Adam remembers the mean gradient, m = <N>{small(step.m)}</N>, and the mean of its square, v ={" "}
            <N>{small(step.v)}</N>. With the rate corrected for {integer(slow.remembered)}{" "}
            {slow.remembered === 1 ? "step" : "steps"}, α = <N>{small(step.rate)}</N>, the weight moves by −α · m ÷ (√v
            + ε) = <N>{small(step.change)}</N>,
          </>
        ) : (
          <>
            The weight moves against its gradient, by −{slow.optimizer.learningRate} ·{" "}
            {small(slow.gradient[weight] as number)} = <N>{small(step.change)}</N>,
          </>
        )}{" "}
        from <N>{fixed(before, 5)}</N> to <N data-part="after">{fixed(after, 5)}</N>. So do all weights, each by its own
        gradient. At {place} the network now paints <N>{fixed(slow.outputAfter[pixel] as number)}</N> instead of{" "}
        <N>{fixed(paintedAt(slow, pixel))}</N>.
      </>
    );
  },
};

/** The output layer's kernel: a column for each map that it reads, nine rows for the places of its window. */
function WeightChoice({
  slow,
  weight,
  phase,
  onChoose,
}: Looked & { phase: Phase; onChoose: (weight: number) => void }) {
  const maps = slow.gradient.length / 9;
  const shown =
    phase === "gradient" ? slow.gradient : slow.after.map((value, at) => value - (slow.before[at] as number));
  const range = shown.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    <figure className={styles.slowWeights}>
      <MapPicture
        pixels={signedPixels(shown, maps, range)}
        label={`${phase === "gradient" ? "The gradient by" : "The change of"} each of the ${shown.length} weights of ${slow.layer}`}
        value={small(shown[weight] as number)}
        row={Math.floor(weight / maps)}
        column={weight % maps}
        onMove={(row, column) => onChoose(row * maps + column)}
        pans
      />
      <figcaption>
        {phase === "gradient" ? "The gradient by" : "The change of"} each of {slow.layer}’s {shown.length} weights: a
        column for each map that it reads, a row for each place of its window. Full colour is {small(range)}.
      </figcaption>
    </figure>
  );
}

function N({ children, ...rest }: { children: ReactNode; "data-part"?: string }) {
  return (
    <b className="number" {...rest}>
      {children}
    </b>
  );
}

function weightName({ layer, gradient }: SlowStep, weight: number): string {
  const maps = gradient.length / 9;
  const place = Math.floor(weight / maps);
  return `The weight of ${layer} for map ${weight % maps} at row ${Math.floor(place / 3)}, column ${place % 3} of its window`;
}

function paintedAt({ outputBefore }: SlowStep, pixel: number): number {
  return outputBefore[pixel] as number;
}

/** Keras keeps what it takes the logarithm of 1e-7 from 0 and 1. */
function crossEntropy(wanted: number, painted: number): number {
  const kept = Math.min(1 - 1e-7, Math.max(1e-7, painted));
  return -wanted * Math.log(kept) - (1 - wanted) * Math.log(1 - kept);
}

const small = (value: number) => (Math.abs(value) >= 0.01 || value === 0 ? fixed(value) : exponential(value, 2));

function greatest(values: Float32Array, of: (value: number, at: number) => number): number {
  let most = 0;
  for (let at = 1; at < values.length; at++) {
    if (of(values[at] as number, at) > of(values[most] as number, most)) most = at;
  }
  return most;
}
