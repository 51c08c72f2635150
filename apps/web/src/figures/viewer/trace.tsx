"use client";
import { printedShape, type Stage, stageValues, traceBack } from "@autoencoder/model";
import {
  codeBarsPath,
  fixed,
  greatestSize,
  greyPixels,
  MapPicture,
  PixelPicture,
  SignedLegend,
  scaledPixels,
  signedPixels,
  stageScale,
} from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { ModelClient } from "../../model-worker/index.ts";
import type { RebuiltDigit } from "../digits.ts";
import { useAnswer } from "./use-answer.ts";
import { atStage, type View } from "./view-state.ts";
import styles from "./viewer.module.css";

interface TraceProps {
  client: ModelClient;
  stages: readonly Stage[];
  digit: RebuiltDigit;
  row: number;
  column: number;
  onMove: (row: number, column: number) => void;
}

/** One rebuilt pixel followed back, card by card, to the code and to the input: the cells that it is really read from. */
export function Trace({ client, stages, digit, row, column, onMove }: TraceProps) {
  const [card, setCard] = useState(0);
  const output = stages.at(-1) as Stage;
  const cells = useMemo(() => traceBack(stages, output, { row, column }), [stages, output, row, column]);
  const path = useMemo(() => cardsOf(stages), [stages]);
  const stage = path[card] as Stage;
  const own = cells[stage.index] ?? { rows: [], columns: [] };
  const all = digit.inside?.all;
  const pixels = useMemo(() => (all ? meanOfMaps(stage, stageValues(all, stage)) : undefined), [all, stage]);
  const pass = digit.inside?.pass;
  const ask = useMemo(
    () => (pass === undefined ? undefined : () => client.influence(pass, { row, column })),
    [client, pass, row, column],
  );
  const { value: influence, problem } = useAnswer(ask);
  const value = fixed(digit.reconstruction[row * output.shape[1] + column] as number);
  const last = card === path.length - 1;
  return (
    <section className={styles.trace} aria-label="One pixel, end to end">
      <ol className={styles.steps}>
        {path.map((step, at) => (
          <li key={step.name}>
            <button type="button" aria-current={at === card ? "step" : undefined} onClick={() => setCard(at)}>
              {at + 1}
              <span> {step.name}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className={styles.card} aria-live="polite">
        <h2>
          {card + 1} of {path.length}: <code>{stage.name}</code>
        </h2>
        <p>{cardText({ stage, output, card, cells: own, place: { row, column, value } })}</p>
        {card === 0 && (
          <MapPicture
            pixels={greyPixels(digit.reconstruction, output.shape[1])}
            label="The rebuilt digit"
            value={value}
            row={row}
            column={column}
            onMove={onMove}
          />
        )}
        {card > 0 && pixels && !last && stage.part !== "code" && <Marked pixels={pixels} stage={stage} cells={own} />}
        {stage.part === "code" && <CodeBars latent={digit.latent} />}
        {last && problem && <p role="alert">The influence of the input could not be computed: {problem}</p>}
        {last && influence && <InfluenceMap gradient={influence.gradient} digit={digit} width={stage.shape[1]} />}
      </div>
      <div className={styles.next}>
        <button type="button" disabled={card === 0} onClick={() => setCard(card - 1)}>
          Back
        </button>
        <button type="button" disabled={last} onClick={() => setCard(card + 1)}>
          Next
        </button>
      </div>
    </section>
  );
}

interface TraceAtOutputProps {
  client: ModelClient;
  stages: readonly Stage[];
  digit: RebuiltDigit;
  view: View;
  stage: Stage;
  change: (changes: Partial<View>) => void;
}

/** The trace begins at the rebuilt picture: tracing chooses the last layer. */
export function TraceAtOutput({ client, stages, digit, view, stage, change }: TraceAtOutputProps) {
  const output = stages.at(-1) ?? stage;
  const { row, column } = atStage(view, stage, output);
  const move = (to: number, across: number) => change({ layer: output.name, map: 0, row: to, column: across });
  return <Trace client={client} stages={stages} digit={digit} row={row} column={column} onMove={move} />;
}

/** The stages worth a card: from the output back, copies and pooling left out, the code, and the input. */
function cardsOf(stages: readonly Stage[]): Stage[] {
  const decoder = stages.filter(({ part, facts }) => part === "decoder" && facts.layer.className !== "UpSampling2D");
  const code = stages.filter(({ part }) => part === "code");
  return [...decoder.reverse(), ...code, stages[0] as Stage];
}

interface CardText {
  stage: Stage;
  output: Stage;
  card: number;
  cells: { rows: readonly number[]; columns: readonly number[] };
  place: { row: number; column: number; value: string };
}

function cardText({ stage, output, card, cells, place }: CardText): string {
  const [height, width, maps] = stage.shape;
  const read = `${cells.rows.length} × ${cells.columns.length}`;
  if (card === 0) {
    return `The rebuilt pixel in row ${place.row}, column ${place.column} is ${place.value}. Move it with a finger or the arrow keys, then follow it back.`;
  }
  if (stage.part === "code") return `All ${maps} numbers of the code. From here on, everything is read.`;
  if (stage.index === 0) {
    return `All ${stage.values} pixels of the input lie behind this one of ${output.values}. What it answers to is another matter: teal pixels would make it brighter, vermilion ones darker.`;
  }
  const kernel = stage.facts.layer.className === "Dense" ? "" : ", not what the size of the window suggests,";
  return `It reads ${read} of ${height} × ${width} positions${cells.rows.length === 2 ? kernel : ""}, in all ${maps} maps of ${printedShape(stage.shape)}.`;
}

/** A stage's maps as one picture, their mean, with the cells that are read. */
function Marked({
  pixels,
  stage,
  cells,
}: {
  pixels: ReturnType<typeof greyPixels>;
  stage: Stage;
  cells: CardText["cells"];
}) {
  const [height, width] = stage.shape;
  const part = (at: number, size: number) => `${(at / size) * 100}%`;
  return (
    <figure>
      <div className="fig-map" data-still="true">
        <PixelPicture pixels={pixels} label={`the mean of the ${stage.shape[2]} maps of ${stage.name}`} />
        <span
          data-part="marked"
          style={{
            left: part(cells.columns[0] ?? 0, width),
            top: part(cells.rows[0] ?? 0, height),
            width: part(cells.columns.length, width),
            height: part(cells.rows.length, height),
          }}
        />
      </div>
      <figcaption className="note">
        The mean of the {stage.shape[2]} maps; framed: what the pixel is read from.
      </figcaption>
    </figure>
  );
}

function CodeBars({ latent }: { latent: Float32Array }) {
  const size = { width: latent.length * 10, height: 96 };
  return (
    <svg
      className={styles.codeBars}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={`The ${latent.length} numbers of the code`}
      preserveAspectRatio="none"
    >
      <path d={codeBarsPath(latent, { ...size, gap: 2.5 })} />
    </svg>
  );
}

function InfluenceMap({ gradient, digit, width }: { gradient: Float32Array; digit: RebuiltDigit; width: number }) {
  const greatest = greatestSize(gradient);
  return (
    <figure>
      <div className={styles.influence}>
        <PixelPicture pixels={greyPixels(digit.pixels, width)} label="the input" />
        <PixelPicture
          pixels={signedPixels(gradient, width, greatest)}
          label="the influence of every input pixel: teal would make the rebuilt pixel brighter, vermilion darker"
        />
      </div>
      <figcaption className="note">
        Influence ∂ŷ/∂x: how much the rebuilt pixel changes for a small change of each input pixel.{" "}
        <SignedLegend range={greatest} className={styles.legend} decimals={4} />
      </figcaption>
    </figure>
  );
}

function meanOfMaps(stage: Stage, values: Float32Array) {
  const [height, width, maps] = stage.shape;
  const mean = Float32Array.from({ length: height * width }, (_, at) => {
    let sum = 0;
    for (let map = 0; map < maps; map++) sum += values[at * maps + map] as number;
    return sum / maps;
  });
  return scaledPixels(mean, width, stageScale(stage, mean));
}
