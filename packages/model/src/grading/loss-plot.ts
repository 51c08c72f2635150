import type { EpochLosses, PlotEvidence } from "./evidence.ts";

/** How far a drawn point may lie from its place, in units of a drawing 720 wide; places are printed to 0.01. */
const mostOff = 0.5;

interface Point {
  x: number;
  y: number;
}
/** A labelled position on an axis. */
interface Tick {
  at: number;
  value: number;
}

/**
 * What a run's `loss_curve.svg` draws, held against its history: two curves with a point for each epoch, at the places that
 * the labels of the axes give them (epochs in even steps, losses on a logarithmic scale). What its expressions skip is
 * bounded: a drawing made to be slow to read is read in time that grows with its length alone.
 */
export function readLossPlot(svg: string, history: readonly EpochLosses[]): PlotEvidence {
  const curves = [...svg.matchAll(/<path d="M([^"]*)" fill="none"/g)].map(([, path]) => points(path as string));
  const [train = [], validation = []] = curves;
  const names = [...svg.matchAll(/<text [^<>]{0,300}text-anchor="middle"[^<>]{0,300}>([^<]*)<\/text>/g)];
  const yName = names.find(([element]) => element.includes("rotate("))?.[1] ?? "";
  const xName = names.find(([element, text]) => !element.includes("rotate(") && Number.isNaN(Number(text)))?.[1] ?? "";
  const epochs = names.flatMap(([element, text]) => tick(/ x="([^"]*)"/.exec(element)?.[1], text));
  const losses = [
    ...svg.matchAll(
      /y2="([^"]{0,30})"[^<>]{0,300}>(?:<\/line>)?<text [^<>]{0,300}text-anchor="end"[^<>]{0,300}>([^<]*)<\/text>/g,
    ),
  ].flatMap(([, y, text]) => tick(y, text));
  const disagrees = disagreement({ train, validation, epochs, losses }, history);
  return { train: train.length, validation: validation.length, xName, yName, disagrees };
}

function points(path: string): Point[] {
  return [...path.matchAll(/([\d.-]{1,30}),([\d.-]{1,30})/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

function tick(at: string | undefined, text: string | undefined): Tick[] {
  const found = { at: Number(at), value: Number(text) };
  return at && text && Number.isFinite(found.at) && Number.isFinite(found.value) ? [found] : [];
}

interface Drawn {
  train: Point[];
  validation: Point[];
  epochs: Tick[];
  losses: Tick[];
}

/** A curve's points beside the losses that they should show; a loss that was not finite has no point. */
function pairs(curve: Point[], history: readonly EpochLosses[], of: "loss" | "valLoss") {
  const shown = history.filter((record) => record[of] !== null && record[of] > 0);
  return curve.slice(0, shown.length).map((point, index) => {
    const record = shown[index] as EpochLosses;
    return { ...point, epoch: record.epoch, log: Math.log10(record[of] as number) };
  });
}

function disagreement(
  { train, validation, epochs, losses }: Drawn,
  history: readonly EpochLosses[],
): string | undefined {
  const marks = [...pairs(train, history, "loss"), ...pairs(validation, history, "valLoss")];
  const recorded = history
    .flatMap(({ loss, valLoss }) => [loss, valLoss])
    .filter((value) => value !== null && value > 0);
  if (marks.length === 0 || marks.length !== train.length + validation.length || marks.length !== recorded.length) {
    return "it has other points than the history";
  }
  if (epochs.length === 0 || losses.length === 0) return "its axes have no numbers";
  // The lowest and the highest loss fix the scale; every other point and every label has to agree with it.
  const low = marks.reduce((a, b) => (b.log < a.log ? b : a));
  const high = marks.reduce((a, b) => (b.log > a.log ? b : a));
  const slope = high.log > low.log ? (high.y - low.y) / (high.log - low.log) : 0;
  const yOf = (log: number) => low.y + (log - low.log) * slope;
  const last = marks.reduce((a, b) => (b.epoch > a.epoch ? b : a));
  const first = marks.reduce((a, b) => (b.epoch < a.epoch ? b : a));
  const step = last.epoch > first.epoch ? (last.x - first.x) / (last.epoch - first.epoch) : 0;
  const xOf = (epoch: number) => first.x + (epoch - first.epoch) * step;
  if (slope > 0 || step < 0) return "its axes run backwards";
  const off = (place: number, expected: number) => Math.abs(place - expected) > mostOff;
  if (marks.some(({ y, log }) => off(y, yOf(log))) || marks.some(({ x, epoch }) => off(x, xOf(epoch)))) {
    return "its points are not the losses of the history";
  }
  // A label's place gives a value; one in a hundred is what rounding explains where few decades are drawn.
  const wrongLoss = losses.some(
    ({ at, value }) => slope < 0 && Math.abs(10 ** (low.log + (at - low.y) / slope) / value - 1) > 0.01,
  );
  if (wrongLoss && losses.every(({ value }) => isRound(value)))
    return "its axis of losses is numbered otherwise than its points";
  if (step > 0 && epochs.some(({ at, value }) => off(at, xOf(value))))
    return "its axis of epochs is numbered otherwise than its points";
  return undefined;
}

/** 1, 2 or 5 of a power of ten; a curve too flat for those is labelled with rounded ends. */
function isRound(value: number): boolean {
  return /^[125]e/.test(value.toExponential());
}
