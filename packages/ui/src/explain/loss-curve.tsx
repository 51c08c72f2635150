"use client";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { type ChartDot, type ChartLabel, type ChartSize, LineChart } from "../charts/line-chart.tsx";
import {
  type LossContent,
  type LossLayout,
  type LossLevel,
  type LossPoint,
  type LossScale,
  lossChartSizes,
  lossLayout,
  lossLines,
  type TrainPlace,
} from "../charts/loss-layout.ts";
import { pageLook } from "../charts/page-look.ts";
import { spreadLabels } from "../charts/scales.ts";
import { printedLoss } from "../format.ts";
import { Toggle } from "../primitives/toggle.tsx";
import styles from "./loss-curve.module.css";

export interface LossCurveProps {
  /** Epochs in order. */
  history: readonly LossPoint[];
  /** Lines for comparison, such as baselines. */
  levels: readonly LossLevel[];
  /** What the vertical axis measures. */
  axis: string;
}

/**
 * Train and validation loss by epoch. Drawn on the server; live it tells an epoch's values by pointing, dragging, or with
 * the arrow keys, Home and End.
 */
export function LossCurve({ history, levels, axis }: LossCurveProps) {
  const [scale, setScale] = useState<LossScale>("log");
  const [train, setTrain] = useState<TrainPlace>("logged");
  const [chosen, setChosen] = useState(history.length - 1);
  const last = history.at(-1);
  if (!last) return <p>No epoch of this run has ended, so there is no curve.</p>;
  const point = history[chosen] ?? last;
  const walk = (event: KeyboardEvent) => {
    const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: history.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setChosen(Math.min(history.length - 1, Math.max(0, to)));
  };
  const chooseEpoch = (epoch: number) => {
    const index = history.findIndex((candidate) => candidate.epoch === epoch);
    if (index >= 0) setChosen(index);
  };
  return (
    <div className={styles.curve} data-testid="loss-curve">
      <div className={styles.controls}>
        <Readout point={point} train={train} />
        <Toggle
          label="Where the training loss is drawn"
          options={["logged", "placed"] as const}
          value={train}
          onChoose={setTrain}
          name={(place) => (place === "logged" ? "at the epoch’s end" : "at its middle")}
        />
        <Toggle label="Vertical scale" options={["log", "linear"] as const} value={scale} onChoose={setScale} />
      </div>
      {(["wide", "narrow"] as const).map((size) => (
        <div
          key={size}
          className={styles[size]}
          role="slider"
          tabIndex={0}
          aria-label="Epoch on the loss curve"
          aria-valuemin={1}
          aria-valuemax={last.epoch}
          aria-valuenow={point.epoch}
          aria-valuetext={`epoch ${point.epoch}: train ${printedLoss(point.loss)}, validation ${printedLoss(point.valLoss)}`}
          data-testid={`loss-curve-${size}`}
          onKeyDown={walk}
        >
          <Drawing
            content={{ history, levels, scale, train }}
            axis={axis}
            size={size}
            point={point}
            onEpoch={chooseEpoch}
          />
        </div>
      ))}
    </div>
  );
}

/** What the chosen epoch's losses are. */
function Readout({ point, train }: { point: LossPoint; train: TrainPlace }) {
  const again = train === "placed" && typeof point.recomputed === "number" ? point.recomputed : undefined;
  return (
    <p className={`${styles.readout} number`} aria-live="polite" data-testid="loss-readout">
      epoch {point.epoch}: <span className={styles.train}>train {printedLoss(point.loss)}</span> ·{" "}
      <span className={styles.validation}>validation {printedLoss(point.valLoss)}</span>
      {again !== undefined && <span className={styles.train}> · measured again {printedLoss(again)}</span>}
    </p>
  );
}

const colours = { train: "var(--encoder)", validation: "var(--decoder)" };

interface DrawingProps {
  content: LossContent;
  axis: string;
  size: keyof typeof lossChartSizes;
  /** The epoch that is read. */
  point: LossPoint;
  onEpoch: (epoch: number) => void;
}

function Drawing({ content, axis, size: name, point, onEpoch }: DrawingProps) {
  const size = lossChartSizes[name];
  const layout = lossLayout(content, size);
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onEpoch(layout.epochAt(((event.clientX - box.left) / box.width) * size.width));
  };
  return (
    <LineChart
      size={size}
      look={pageLook}
      x={{ ticks: layout.xTicks, name: "epoch" }}
      y={{ ticks: layout.yTicks, name: axis }}
      lines={lossLines(layout, colours, 2.25)}
      levels={layout.levels.map(({ y }) => y)}
      marker={layout.x(point.epoch)}
      dots={dotsOf(point, layout)}
      labels={name === "wide" ? endLabels(content, layout, size) : levelLabels(layout, size)}
      svg={{ onPointerMove: choose, onPointerDown: choose }}
    />
  );
}

function dotsOf({ epoch, loss, valLoss }: LossPoint, { x, y, trainX }: LossLayout): ChartDot[] {
  const dot = (at: number, value: number | null, colour: string) =>
    value === null ? [] : [{ x: at, y: y(value), radius: 4.5, colour }];
  return [...dot(trainX(epoch), loss, colours.train), ...dot(x(epoch), valLoss, colours.validation)];
}

/** The lines' names at their ends, and the levels' names, moved apart. */
function endLabels({ history }: LossContent, { y, levels }: LossLayout, { width, right }: ChartSize): ChartLabel[] {
  const last = history.at(-1);
  const x = width - right + 8;
  const lines = [
    { text: "train", value: last?.loss, colour: colours.train },
    { text: "validation", value: last?.valLoss, colour: colours.validation },
  ].flatMap(({ value, ...label }) =>
    typeof value === "number" ? [{ ...label, weight: 600, x, y: y(value) + 4 }] : [],
  );
  return spreadLabels([...lines, ...levels.map(({ label, y: at }) => ({ text: label, x, y: at + 4 }))]);
}

/** Where there is no room beside the lines: the levels' names above them. */
function levelLabels({ levels }: LossLayout, { width, right }: ChartSize): ChartLabel[] {
  return spreadLabels(
    levels.map(({ label, y }) => ({ text: label, x: width - right - 8, y: y - 4, anchor: "end" as const })),
  );
}
