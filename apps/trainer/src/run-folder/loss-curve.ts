import { type EpochRecord, lossWords, type Run } from "@autoencoder/model/run";
import { line, scaleLinear, scaleLog } from "d3";
import { escapeXml, fontFamily } from "./rasterize.ts";

const size = { width: 720, height: 440, left: 74, right: 150, top: 56, bottom: 56 };
const colours = { train: "#1d6fd1", validation: "#c2308f", ink: "#1a1a1a", grid: "#e3e3e3", soft: "#5a5a5a" };

interface Point {
  epoch: number;
  value: number;
}

interface CurveContent {
  /** The run's. */
  name: string;
  loss: Run["recipe"]["loss"];
  history: readonly EpochRecord[];
}

/** Train and validation loss against the epoch, as SVG; the y axis is logarithmic. */
export function lossCurveSvg({ name, loss, history }: CurveContent): string {
  const train = points(history, "loss");
  const validation = points(history, "valLoss");
  const parts = [
    text({ x: size.left, y: 30, size: 17, weight: "bold" }, `Loss of the run ${name}`),
    ...(train.length + validation.length > 0 ? plot(train, validation, lossWords[loss].axis) : [empty()]),
  ];
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Train and validation loss by epoch" font-family="${fontFamily}, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
  ].join("\n");
}

function points(history: readonly EpochRecord[], key: "loss" | "valLoss"): Point[] {
  return history.flatMap((record) => {
    const value = record[key];
    return value !== null && value > 0 ? [{ epoch: record.epoch, value }] : [];
  });
}

function empty(): string {
  return text({ x: size.left, y: size.height / 2, size: 14 }, "No epoch ended with a finite loss.");
}

function plot(train: Point[], validation: Point[], axis: string): string[] {
  const all = [...train, ...validation];
  const lastEpoch = Math.max(2, ...all.map(({ epoch }) => epoch));
  const values = all.map(({ value }) => value);
  const x = scaleLinear([1, lastEpoch], [size.left, size.width - size.right]);
  const y = scaleLog([Math.min(...values) / 1.15, Math.max(...values) * 1.15], [size.height - size.bottom, size.top]);
  const right = size.width - size.right;
  const bottom = size.height - size.bottom;
  const grid = ticks(y).map(
    (value) =>
      `<line x1="${size.left}" x2="${right}" y1="${round(y(value))}" y2="${round(y(value))}" stroke="${colours.grid}"/>` +
      text({ x: size.left - 8, y: y(value) + 4, anchor: "end" }, String(Number(value.toPrecision(2)))),
  );
  const epochs = x.ticks(Math.min(10, lastEpoch)).filter(Number.isInteger);
  const below = epochs.map((epoch) => text({ x: x(epoch), y: bottom + 20, anchor: "middle" }, String(epoch)));
  const path = line<Point>(
    ({ epoch }) => x(epoch),
    ({ value }) => y(value),
  ).digits(2);
  const draw = (series: Point[], colour: string) =>
    `<path d="${path(series) ?? ""}" fill="none" stroke="${colour}" stroke-width="2"/>` +
    series
      .map(({ epoch, value }) => `<circle cx="${round(x(epoch))}" cy="${round(y(value))}" r="2.6" fill="${colour}"/>`)
      .join("");
  return [
    ...grid,
    ...below,
    `<line x1="${size.left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="${colours.ink}"/>`,
    text({ x: (size.left + right) / 2, y: size.height - 14, anchor: "middle" }, "epoch"),
    text({ x: 20, y: (size.top + bottom) / 2, anchor: "middle", turned: true }, `${axis}, log scale`),
    draw(train, colours.train),
    draw(validation, colours.validation),
    ...labels(train, validation, { right, y }),
  ];
}

/** Names and last values beside the lines' ends, moved apart where they would touch. */
function labels(train: Point[], validation: Point[], at: { right: number; y: (value: number) => number }): string[] {
  const ends = [
    { name: "train", colour: colours.train, last: train.at(-1) },
    { name: "validation", colour: colours.validation, last: validation.at(-1) },
  ]
    .flatMap(({ name, colour, last }) =>
      last ? [{ name, colour, value: last.value, place: at.y(last.value) + 4 }] : [],
    )
    .sort((a, b) => a.place - b.place);
  const [upper, lower] = ends;
  if (upper && lower && lower.place - upper.place < 16) {
    const middle = (upper.place + lower.place) / 2;
    upper.place = middle - 8;
    lower.place = middle + 8;
  }
  return ends.map(({ name, colour, value, place }) =>
    text({ x: at.right + 10, y: place, fill: colour, weight: "bold" }, `${name} ${value.toPrecision(3)}`),
  );
}

/** Values 1, 2 and 5 of each power of ten in the scale's domain. */
function ticks(y: { domain(): number[] }): number[] {
  const [low, high] = y.domain() as [number, number];
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found.length > 0 ? found : [low, high];
}

interface TextPlace {
  x: number;
  y: number;
  size?: number;
  weight?: string;
  anchor?: string;
  fill?: string;
  turned?: boolean;
}

function text(
  { x, y, size: points = 12, weight = "normal", anchor = "start", fill, turned }: TextPlace,
  words: string,
): string {
  const turn = turned ? ` transform="rotate(-90 ${x} ${round(y)})"` : "";
  const look = `font-size="${points}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill ?? colours.ink}"`;
  return `<text x="${round(x)}" y="${round(y)}" ${look}${turn}>${escapeXml(words)}</text>`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
