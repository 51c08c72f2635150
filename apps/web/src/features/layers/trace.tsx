"use client";
import { type Cells, type MapLayer, printedShape, traceBack } from "@autoencoder/model";
import { Button, fixed, greyPixels, isVector, MapPicture } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { ModelClient } from "../../network/index.ts";
import { sentenceOf } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import styles from "./trace.module.css";
import { CodeBars, Cone, InfluenceMap, Marked, type Span } from "./trace-pictures.tsx";
import { atLayer, type View } from "./view.ts";

interface TraceProps {
  client: ModelClient;
  layers: readonly MapLayer[];
  digit: RebuiltDigit;
  row: number;
  column: number;
  onMove: (row: number, column: number) => void;
}

/** One rebuilt pixel followed back, card by card, to the code and to the input: the cells that it is really read from. */
export function Trace(props: TraceProps) {
  const { layers, digit, row, column } = props;
  const [card, setCard] = useState(0);
  const output = layers.at(-1) as MapLayer;
  const cells = useMemo(() => traceBack(layers, output, { row, column }), [layers, output, row, column]);
  const path = useMemo(() => cardsOf(layers), [layers]);
  const activations = digit.activations?.values;
  return (
    <section className={styles.trace} aria-label="One pixel, end to end">
      <CardSteps path={path} card={card} onChoose={setCard} />
      <Card {...props} {...{ path, card, cells }} />
      {activations && (
        <ol className={styles.passed} aria-label="Passed on the way">
          {path.slice(0, card).map((layer, at) => (
            <li key={layer.name}>
              {at + 1 < card && <Cone near={spanOf(layer, cells)} far={spanOf(path[at + 1] as MapLayer, cells)} />}
              {layer.part === "code" ? (
                <CodeBars latent={digit.latent} />
              ) : (
                <Marked layer={layer} activations={activations} cells={cellsOf(cells, layer)} />
              )}
              <code>{layer.name}</code>
              <br />
              {readOf(layer, cellsOf(cells, layer))}
            </li>
          ))}
          {path.slice(card, -1).map((layer) => (
            <li key={layer.name} data-ahead="true" aria-hidden="true">
              <code>{layer.name}</code>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.next}>
        <Button quiet disabled={card === 0} onClick={() => setCard(card - 1)}>
          Back
        </Button>
        <Button quiet disabled={card === path.length - 1} onClick={() => setCard(card + 1)}>
          Next
        </Button>
      </div>
    </section>
  );
}

interface PathProps {
  /** The layers that have a card, the output first. */
  path: readonly MapLayer[];
  /** Place of the shown card among them. */
  card: number;
}

function CardSteps({ path, card, onChoose }: PathProps & { onChoose: (card: number) => void }) {
  return (
    <ol className={styles.steps}>
      {path.map((layer, at) => (
        <li key={layer.name}>
          <button type="button" aria-current={at === card ? "step" : undefined} onClick={() => onChoose(at)}>
            {at + 1}
            <span> {layer.name}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What one layer holds of the pixel: a sentence and a picture. */
function Card(props: TraceProps & PathProps & { cells: readonly Cells[] }) {
  const { client, layers, digit, row, column, onMove, path, card, cells } = props;
  const output = layers.at(-1) as MapLayer;
  const layer = path[card] as MapLayer;
  const own = cellsOf(cells, layer);
  const activations = digit.activations?.values;
  const pass = digit.activations?.pass;
  const ask = useMemo(
    () =>
      pass === undefined ? undefined : (signal: AbortSignal) => client.influence({ pass, row, column }, { signal }),
    [client, pass, row, column],
  );
  const { value: influence, result } = useAsk(ask);
  const problem = sentenceOf(result);
  const value = fixed(digit.reconstruction[row * output.shape[1] + column] as number);
  const last = card === path.length - 1;
  return (
    <div className={styles.card} aria-live="polite">
      <h2>
        {card + 1} of {path.length}: <code>{layer.name}</code>
      </h2>
      <p>{cardText({ layer, output, card, cells: own, place: { row, column, value } })}</p>
      {card === 0 && (
        <MapPicture
          pixels={greyPixels(digit.reconstruction, output.shape[1])}
          label="The rebuilt digit"
          value={value}
          row={row}
          column={column}
          onMove={onMove}
          pans
        />
      )}
      {card > 0 && activations && !last && layer.part !== "code" && (
        <figure>
          <Marked {...{ layer, activations }} cells={own} />
          <figcaption className="note">
            The mean of the {layer.shape[2]} maps; framed: what the pixel is read from.
          </figcaption>
        </figure>
      )}
      {layer.part === "code" && <CodeBars latent={digit.latent} />}
      {last && problem && <p role="alert">The influence of the input could not be computed: {problem}</p>}
      {last && influence && <InfluenceMap gradient={influence.gradient} digit={digit} width={layer.shape[1]} />}
    </div>
  );
}

interface TraceAtOutputProps {
  client: ModelClient;
  layers: readonly MapLayer[];
  digit: RebuiltDigit;
  view: View;
  layer: MapLayer;
  change: (changes: Partial<View>) => void;
}

/** The trace begins at the rebuilt picture: tracing chooses the last layer. */
export function TraceAtOutput({ client, layers, digit, view, layer, change }: TraceAtOutputProps) {
  const output = layers.at(-1) ?? layer;
  const { row, column } = atLayer(view, layer, output);
  const move = (to: number, across: number) => change({ layer: output.name, map: 0, row: to, column: across });
  return <Trace client={client} layers={layers} digit={digit} row={row} column={column} onMove={move} />;
}

/** The layers worth a card: from the output back, copies and pooling left out, the code, and the input. */
function cardsOf(layers: readonly MapLayer[]): MapLayer[] {
  const decoder = layers.filter(({ part, spec }) => part === "decoder" && spec.className !== "UpSampling2D");
  const code = layers.filter(({ part }) => part === "code");
  return [...decoder.reverse(), ...code, layers[0] as MapLayer];
}

function cellsOf(cells: readonly Cells[], { index }: MapLayer): Cells {
  return cells[index] ?? { rows: [], columns: [] };
}

/** The part of a layer's picture that is read, from 0 to 1 along both sides; a vector is read whole. */
function spanOf(layer: MapLayer, cells: readonly Cells[]): Span {
  const [height, width] = layer.shape;
  const { rows, columns } = cellsOf(cells, layer);
  if (isVector(layer)) return { left: 0, right: 1, top: 0, bottom: 1 };
  return {
    left: Math.min(...columns) / width,
    right: (Math.max(...columns) + 1) / width,
    top: Math.min(...rows) / height,
    bottom: (Math.max(...rows) + 1) / height,
  };
}

/** How much of a layer's maps is read. */
function readOf(layer: MapLayer, { rows, columns }: Cells): string {
  const [height, width, maps] = layer.shape;
  if (isVector(layer)) return `all ${maps}`;
  return `${rows.length} × ${columns.length} of ${height} × ${width}`;
}

interface CardText {
  layer: MapLayer;
  output: MapLayer;
  card: number;
  cells: Cells;
  place: { row: number; column: number; value: string };
}

function cardText({ layer, output, card, cells, place }: CardText): string {
  const [, , maps] = layer.shape;
  if (card === 0) {
    return `The rebuilt pixel in row ${place.row}, column ${place.column} is ${place.value}. Move it with a finger or the arrow keys, then follow it back.`;
  }
  if (layer.part === "code")
    return `The pixel depends on all ${maps} numbers of the code. From here on, it depends on everything.`;
  if (layer.index === 0) {
    return `Behind this one of ${output.values} pixels lie all ${layer.values} pixels of the input. They do not count alike: a brighter teal pixel would make it brighter, a brighter vermilion one darker.`;
  }
  const narrow = cells.rows.length === 2 && layer.spec.className !== "Dense";
  const why = narrow ? " Upsampling wrote each cell twice in every direction, so a window of three sees only two." : "";
  return `The pixel depends on ${readOf(layer, cells)} positions of ${layer.name}, in all ${maps} maps of ${printedShape(layer.shape)}.${why}`;
}
