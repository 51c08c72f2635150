"use client";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import {
  apart,
  type LossCurve as Layout,
  type LossCurveContent,
  type LossLevel,
  type LossPoint,
  type LossScale,
  lossCurve,
  lossCurveSizes,
  type TrainPlace,
} from "./loss-curve-geometry.ts";

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
  const again = train === "placed" && typeof point.recomputed === "number" ? point.recomputed : undefined;
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
    <div className="loss-curve">
      <div className="controls">
        <p className="readout number" aria-live="polite">
          epoch {point.epoch}: <span className="word-train">train {figure(point.loss)}</span> ·{" "}
          <span className="word-validation">validation {figure(point.valLoss)}</span>
          {again !== undefined && <span className="word-train"> · measured again {figure(again)}</span>}
        </p>
        <fieldset className="segmented" aria-label="Where the training loss stands">
          {(["logged", "placed"] as const).map((kind) => (
            <button key={kind} type="button" aria-pressed={train === kind} onClick={() => setTrain(kind)}>
              {kind === "logged" ? "as logged" : "in its place"}
            </button>
          ))}
        </fieldset>
        <fieldset className="segmented" aria-label="Vertical scale">
          {(["log", "linear"] as const).map((kind) => (
            <button key={kind} type="button" aria-pressed={scale === kind} onClick={() => setScale(kind)}>
              {kind}
            </button>
          ))}
        </fieldset>
      </div>
      {(["wide", "narrow"] as const).map((size) => (
        <div
          key={size}
          className={`drawing-${size}`}
          role="slider"
          tabIndex={0}
          aria-label="Epoch on the loss curve"
          aria-valuemin={1}
          aria-valuemax={last.epoch}
          aria-valuenow={point.epoch}
          aria-valuetext={`epoch ${point.epoch}: train ${figure(point.loss)}, validation ${figure(point.valLoss)}`}
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

interface DrawingProps {
  content: LossCurveContent;
  axis: string;
  size: keyof typeof lossCurveSizes;
  /** The epoch that is read. */
  point: LossPoint;
  onEpoch: (epoch: number) => void;
}

function Drawing({ content, axis, size, point, onEpoch }: DrawingProps) {
  const curve = lossCurve(content, lossCurveSizes[size]);
  const { width, height, left, right, bottom, top } = lossCurveSizes[size];
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onEpoch(curve.epochAt(((event.clientX - box.left) / box.width) * width));
  };
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" onPointerMove={choose} onPointerDown={choose}>
      {curve.yTicks.map(({ value, y, label }) => (
        <g key={value}>
          <line className="curve-grid" x1={left} x2={width - right} y1={y} y2={y} />
          <text className="curve-text" x={left - 8} y={y + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {curve.xTicks.map(({ epoch, x }) => (
        <text key={epoch} className="curve-text" x={x} y={height - bottom + 20} textAnchor="middle">
          {epoch}
        </text>
      ))}
      <text className="curve-text" x={(left + width - right) / 2} y={height - 6} textAnchor="middle">
        epoch
      </text>
      <text
        className="curve-text"
        transform={`translate(13 ${(top + height - bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {axis}
      </text>
      {curve.levels.map(({ label, y }) => (
        <line key={label} className="curve-baseline" x1={left} x2={width - right} y1={y} y2={y} />
      ))}
      <line
        className="curve-cursor"
        x1={curve.x(point.epoch)}
        x2={curve.x(point.epoch)}
        y1={top}
        y2={height - bottom}
      />
      <path className="curve-train" d={curve.paths.train} />
      <path className="curve-validation" d={curve.paths.validation} />
      {curve.paths.recomputed && <path className="curve-train curve-recomputed" d={curve.paths.recomputed} />}
      <Dot kind="train" x={curve.trainX(point.epoch)} y={point.loss === null ? null : curve.y(point.loss)} />
      <Dot kind="validation" x={curve.x(point.epoch)} y={point.valLoss === null ? null : curve.y(point.valLoss)} />
      {size === "wide"
        ? endLabels(content.history.at(-1) as LossPoint, curve).map(({ label, labelY, className }) => (
            <text key={label} className={`curve-text ${className}`} x={width - right + 8} y={labelY}>
              {label}
            </text>
          ))
        : apart(curve.levels.map(({ label, y }) => ({ label, labelY: y - 4 }))).map(({ label, labelY }) => (
            <text key={label} className="curve-text" x={width - right} y={labelY} textAnchor="end">
              {label}
            </text>
          ))}
    </svg>
  );
}

function Dot({ kind, x, y }: { kind: "train" | "validation"; x: number; y: number | null }) {
  return y === null ? null : <circle className={`dot-${kind}`} cx={x} cy={y} r={4.5} />;
}

/** The lines' names at their ends, and the levels' names, moved apart. */
function endLabels(last: LossPoint, { y, levels }: Layout) {
  const lines = [
    { label: "train", value: last.loss, className: "label-train" },
    { label: "validation", value: last.valLoss, className: "label-validation" },
  ].flatMap(({ label, value, className }) => (value === null ? [] : [{ label, className, labelY: y(value) + 4 }]));
  return apart([...lines, ...levels.map(({ label, y: place }) => ({ label, className: "", labelY: place + 4 }))]);
}

function figure(value: number | null): string {
  return value === null ? "not finite" : value.toFixed(5);
}
