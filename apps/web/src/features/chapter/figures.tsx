import {
  arithmeticOf,
  assignmentSpec,
  layerValues,
  mapLayerNamed,
  mapValues,
  type Place,
  valueTerms,
} from "@autoencoder/model";
import type { MDXComponents } from "mdx/types";
import type { ComponentProps } from "react";
import { askClass, askPca } from "../../../content/00-the-run-at-a-glance/glance-questions.tsx";
import { browseOpening } from "../../../content/02-the-data/browse-opening.ts";
import {
  AskBlack,
  AskSplit,
  AskZeroPixels,
  BlackOrOther,
  ClassMeans,
  HowBlack,
} from "../../../content/02-the-data/data-figures.tsx";
import { LayerCards } from "../../../content/04-the-whole-network/layer-cards.tsx";
import { LayerTable } from "../../../content/05-counting/layer-table.tsx";
import { TimeMachineFor } from "../../../content/06-training/time-machine-server.tsx";
import {
  AskRecomputed,
  AskShift,
  AskStart,
  Grey,
  Ladder,
  Units,
} from "../../../content/06-training/training-figures.tsx";
import {
  AskGrey,
  CollapsedGallery,
  FirstBatches,
  Survivors,
} from "../../../content/07-when-it-prints-black/collapse-figures.tsx";
import { AskGap, AskSums } from "../../../content/07-when-it-prints-black/collapse-questions.tsx";
import { AllEvidence, CollapseCheck, Evidence } from "../../../content/07-when-it-prints-black/evidence.tsx";
import { HowOften } from "../../../content/07-when-it-prints-black/how-often.tsx";
import { Saturation } from "../../../content/07-when-it-prints-black/saturation.tsx";
import { BestWorst } from "../../../content/08-reconstructions/best-worst.tsx";
import { AskBlur, BlurExperiments } from "../../../content/08-reconstructions/blur-figures.tsx";
import { AskFound, AskInputShift } from "../../../content/08-reconstructions/rebuilt-questions.tsx";
import {
  AskNeighbours,
  AskRotate,
  KeypadFor,
  LatentMapFor,
  SamplersFor,
  WalkFor,
} from "../../../content/09-the-latent-space/latent-server.tsx";
import { AskLarger, AskOverfit, AskPassed } from "../../../content/10-conclude-run-hand-in/closing-questions.tsx";
import { Referee } from "../../../content/10-conclude-run-hand-in/referee.tsx";
import {
  Engines,
  Technologies,
  TrainedOn,
  TrainOptions,
} from "../../../content/10-conclude-run-hand-in/run-yourself.tsx";
import { testDigitInside } from "../../server/inside.ts";
import { gzipBytes, thumbnailMse } from "../../server/statistics/facts.ts";
import { Fold } from "../../shared/fold.tsx";
import { api } from "../../trpc/router.ts";
import { defaultSample } from "../digit/recorded-digits.ts";
import { greatestPlace } from "../layers/view.ts";
import type { RunSource } from "../run/run-source.ts";
import { codeSize } from "../run/words.tsx";
import { ChooseDigit } from "./chapter-live.tsx";
import { Formula } from "./formula.tsx";
import { CodeBlock, Deeper, Heading, Source, Term } from "./frame.tsx";
import {
  AdamFigure,
  Browse,
  CountPlayground,
  Disturb,
  KernelBlock,
  LiveStrip,
  LiveTrace,
  LiveValue,
  Neighbours,
  PixelError,
  RotateCode,
  ShapeTrap,
  Squeeze,
  Thumbnail,
  TwoStrokes,
} from "./lazy.ts";
import { Question } from "./question.tsx";
import * as questions from "./questions.tsx";

/** The figures of the chapters, drawn for one run; those that need a live digit stand inside ChapterLive. */
export function chapterFigures(source: RunSource): MDXComponents {
  const { run } = source;
  return {
    AdamFigure,
    AskGrey,
    AskBlack,
    AskStart,
    AskZeroPixels,
    BlackOrOther,
    ChooseDigit,
    ClassMeans,
    CollapsedGallery,
    Disturb,
    Formula,
    HowBlack,
    Deeper,
    Grey,
    KernelBlock,
    LiveStrip,
    PixelError,
    Question,
    Referee,
    h2: Heading,
    pre: CodeBlock,
    RotateCode,
    ShapeTrap,
    Source,
    Squeeze,
    Survivors,
    Term,
    Thumbnail,
    TwoStrokes,
    AskNeighbours: () => <AskNeighbours run={run} />,
    Neighbours: () => <Neighbours run={run.name} />,
    AskRotate: () => <AskRotate run={run} />,
    BestWorst: () => <BestWorst run={run} />,
    Browse: async () => (
      <Browse run={run.name} first={await api.runs.testDigits({ name: run.name, ...browseOpening })} />
    ),
    Keypad: () => <KeypadFor run={run} />,
    LatentMap: () => <LatentMapFor run={run} />,
    Samplers: () => <SamplersFor run={run} />,
    Walk: () => <WalkFor source={source} />,
    CountPlayground: () => <CountPlayground spec={assignmentSpec()} />,
    LiveTrace: () => (
      <Fold part="trace" summary="Follow one pixel back, in six cards">
        <LiveTrace />
      </Fold>
    ),
    FirstBatches: () => <FirstBatches run={run} />,
    Ladder: () => <Ladder run={run} />,
    Units: () => <Units run={run} />,
    AskShift: () => <AskShift run={run} />,
    LayerCards: () => <LayerCards spec={run.spec} />,
    LayerTable: () => <LayerTable spec={run.spec} />,
    Bytes: () => <Bytes latent={codeSize(run)} />,
    Value: (asked: { layer: string } & Partial<Place>) => <Value source={source} {...asked} />,
    AskThumbnail: async () => questions.askThumbnail(await thumbnailMse(), run),
    AskZip: async () => questions.askZip(await gzipBytes(), codeSize(run)),
    AskKernel: () => questions.askKernel(run.spec),
    AskZeros: async () => questions.askZeros(await openingDigit(source)),
    AskPatch: () => questions.askPatch(run.spec),
    AskCopies: () => questions.askCopies(run.spec),
    AskDenseWork: () => questions.askDenseWork(run.spec),
    AskDouble: () => questions.askDouble(),
    AskSplit: () => <AskSplit run={run} />,
    AskPooled: () => questions.askPooled(run.spec),
    AskSides: () => questions.askSides(),
    AskFilters: () => questions.askFilters(run.spec),
    AskPca: () => askPca(run, codeSize(run)),
    AskClass: () => askClass(run),
    AllEvidence: () => <AllEvidence run={run} />,
    AskGap: () => <AskGap run={run} />,
    AskSums,
    CollapseCheck: () => <CollapseCheck run={run} />,
    Evidence: ({ exhibit }: Pick<ComponentProps<typeof Evidence>, "exhibit">) => (
      <Evidence run={run} exhibit={exhibit} />
    ),
    HowOften,
    Saturation,
    AskLarger,
    AskOverfit: () => <AskOverfit run={run} />,
    AskPassed: () => <AskPassed run={run} />,
    AskBlur: () => <AskBlur source={source} />,
    AskFound: () => <AskFound run={run} />,
    AskInputShift: () => <AskInputShift run={run} />,
    BlurExperiments: () => <BlurExperiments source={source} />,
    AskRecomputed: () => <AskRecomputed run={run} />,
    TimeMachine: () => <TimeMachineFor run={run} />,
    Engines,
    Technologies,
    TrainOptions,
    TrainedOn: () => <TrainedOn run={run} />,
  };
}

/** All numbers of the digit that chapters open on. */
async function openingDigit(source: RunSource) {
  const { indices } = await source.samples();
  return testDigitInside(source.run, indices[defaultSample] as number);
}

/** A value of a layer with its arithmetic, computed on the server for the first paint. */
async function Value({ source, layer, row, column, channel }: { source: RunSource; layer: string } & Partial<Place>) {
  const { stages, weights, all } = await openingDigit(source);
  const stage = mapLayerNamed(stages, layer);
  const greatest = greatestPlace(stage, layerValues(all, stage));
  const place = {
    row: row ?? greatest.row,
    column: column ?? greatest.column,
    channel: channel ?? greatest.channel,
  };
  const terms = valueTerms(arithmeticOf(stages, stage, { weights, values: all }), place);
  const map = mapValues(layerValues(all, stage), stage.shape, place.channel);
  return <LiveValue start={{ layer, place, terms, map }} />;
}

/** What a digit takes, four ways. */
async function Bytes({ latent }: { latent: number }) {
  const packed = await gzipBytes();
  const rows = [
    ["as MNIST has it, a byte a pixel", 784],
    ["packed by gzip, exactly", packed],
    [`its code: ${latent} float32 numbers`, latent * 4],
    [`its code: ${latent} float16 numbers`, latent * 2],
  ] as const;
  return (
    <figure className="bytes">
      <table className="data-table">
        <caption>Bytes for one digit</caption>
        <tbody>
          {rows.map(([name, bytes]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span className="share">
                  <span style={{ width: `${(bytes / 784) * 100}%` }} />
                </span>
              </td>
              <td className="numeric">{bytes.toFixed(0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>gzip at its best level over the 10,000 test images together, divided by their number.</figcaption>
    </figure>
  );
}
