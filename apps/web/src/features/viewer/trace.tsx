"use client";
import { type MapLayer, printedShape, traceBack } from "@autoencoder/model";
import { type Cells, fixed, greyPixels, MapPicture } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { ModelClient } from "../../network/index.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import { CodeBars, InfluenceMap, Marked } from "./trace-pictures.tsx";
import { useAnswer } from "./use-answer.ts";
import { atStage, type View } from "./view-state.ts";
import styles from "./viewer.module.css";

interface TraceProps {
  client: ModelClient;
  stages: readonly MapLayer[];
  digit: RebuiltDigit;
  row: number;
  column: number;
  onMove: (row: number, column: number) => void;
}

/** One rebuilt pixel followed back, card by card, to the code and to the input: the cells that it is really read from. */
export function Trace({ client, stages, digit, row, column, onMove }: TraceProps) {
  const [card, setCard] = useState(0);
  const output = stages.at(-1) as MapLayer;
  const cells = useMemo(() => traceBack(stages, output, { row, column }), [stages, output, row, column]);
  const path = useMemo(() => cardsOf(stages), [stages]);
  const stage = path[card] as MapLayer;
  const own = cells[stage.index] ?? { rows: [], columns: [] };
  const all = digit.inside?.all;
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
        {card > 0 && all && !last && stage.part !== "code" && (
          <figure>
            <Marked {...{ stage, all }} cells={own} />
            <figcaption className="note">
              The mean of the {stage.shape[2]} maps; framed: what the pixel is read from.
            </figcaption>
          </figure>
        )}
        {stage.part === "code" && <CodeBars latent={digit.latent} />}
        {last && problem && <p role="alert">The influence of the input could not be computed: {problem}</p>}
        {last && influence && <InfluenceMap gradient={influence.gradient} digit={digit} width={stage.shape[1]} />}
      </div>
      {all && (
        <ol className={styles.passed} aria-label="Passed on the way">
          {path.slice(0, card).map((step) => (
            <li key={step.name}>
              {step.part === "code" ? (
                <CodeBars latent={digit.latent} />
              ) : (
                <Marked stage={step} all={all} cells={cells[step.index] ?? own} />
              )}
              <code>{step.name}</code>
              <br />
              {readOf(step, cells[step.index] ?? own)}
            </li>
          ))}
        </ol>
      )}
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
  stages: readonly MapLayer[];
  digit: RebuiltDigit;
  view: View;
  stage: MapLayer;
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
function cardsOf(stages: readonly MapLayer[]): MapLayer[] {
  const decoder = stages.filter(({ part, spec }) => part === "decoder" && spec.className !== "UpSampling2D");
  const code = stages.filter(({ part }) => part === "code");
  return [...decoder.reverse(), ...code, stages[0] as MapLayer];
}

/** How much of a stage's maps is read. */
function readOf({ shape: [height, width, maps] }: MapLayer, { rows, columns }: Cells): string {
  if (height * width === 1) return `all ${maps}`;
  return `${rows.length} × ${columns.length} of ${height} × ${width}`;
}

interface CardText {
  stage: MapLayer;
  output: MapLayer;
  card: number;
  cells: Cells;
  place: { row: number; column: number; value: string };
}

function cardText({ stage, output, card, cells, place }: CardText): string {
  const [, , maps] = stage.shape;
  if (card === 0) {
    return `The rebuilt pixel in row ${place.row}, column ${place.column} is ${place.value}. Move it with a finger or the arrow keys, then follow it back.`;
  }
  if (stage.part === "code") return `All ${maps} numbers of the code. From here on, everything is read.`;
  if (stage.index === 0) {
    return `All ${stage.values} pixels of the input lie behind this one of ${output.values}. What it answers to is another matter: teal pixels would make it brighter, vermilion ones darker.`;
  }
  const kernel = stage.spec.className === "Dense" ? "" : ", not what the size of the window suggests,";
  return `It reads ${readOf(stage, cells)} positions${cells.rows.length === 2 ? kernel : ""}, in all ${maps} maps of ${printedShape(stage.shape)}.`;
}
