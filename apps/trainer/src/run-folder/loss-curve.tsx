/** @jsxRuntime automatic */
// The pragma is for the root command, which starts `tsx` outside of this folder and its tsconfig.
import { type EpochRecord, lossNames, type Run } from "@autoencoder/model/run";
import {
  type ChartLabel,
  type ChartLook,
  LineChart,
  type LossLayout,
  lossLayout,
  lossLines,
  spreadLabels,
} from "@autoencoder/ui/charts";
import { renderToStaticMarkup } from "react-dom/server";
import { fontFamily } from "./rasterize.ts";

const size = { width: 720, height: 440, left: 74, right: 150, top: 56, bottom: 56 };
const colours = { train: "#1d6fd1", validation: "#c2308f" };
const look: ChartLook = {
  text: "#1a1a1a",
  grid: "#e3e3e3",
  ink: "#1a1a1a",
  fontFamily: `${fontFamily}, sans-serif`,
  fontSize: 12,
};

interface CurveContent {
  /** The run's. */
  name: string;
  loss: Run["recipe"]["loss"];
  history: readonly EpochRecord[];
}

/** Train and validation loss against the epoch, as SVG; the y axis is logarithmic. */
export function lossCurveSvg({ name, loss, history }: CurveContent): string {
  const drawn = history.some(({ loss: train, valLoss }) => isDrawn(train) || isDrawn(valLoss));
  const layout = drawn ? lossLayout({ history, levels: [], scale: "log" }, size) : undefined;
  return renderToStaticMarkup(
    <LineChart
      size={size}
      look={look}
      label="Train and validation loss by epoch"
      svg={{ xmlns: "http://www.w3.org/2000/svg", width: size.width, height: size.height }}
      x={{ ticks: layout?.xTicks ?? [], name: layout && "epoch" }}
      y={{ ticks: layout?.yTicks ?? [], name: layout && `${lossNames[loss].axis}, log scale` }}
      lines={layout ? lossLines(layout, colours, 2) : []}
      dots={layout ? dotsOf(history, layout) : []}
      labels={layout ? endLabels(history, layout) : []}
    >
      <rect width={size.width} height={size.height} fill="#ffffff" />
      <text x={size.left} y={30} fontSize={17} fontWeight="bold" fill={look.text}>
        Loss of the run {name}
      </text>
      {layout ? (
        <path d={`M${size.left} ${size.height - size.bottom}H${size.width - size.right}`} stroke={look.ink} />
      ) : (
        <text x={size.left} y={size.height / 2} fontSize={14} fill={look.text}>
          No epoch ended with a finite loss.
        </text>
      )}
    </LineChart>,
  );
}

/** A logarithmic scale has no place for 0, and nothing has one for what was not finite. */
function isDrawn(loss: number | null): loss is number {
  return loss !== null && loss > 0;
}

/** A dot for each epoch on both lines. */
function dotsOf(history: readonly EpochRecord[], { x, y }: LossLayout) {
  return (["train", "validation"] as const).flatMap((line) =>
    history.flatMap(({ epoch, loss, valLoss }) => {
      const value = line === "train" ? loss : valLoss;
      return isDrawn(value) ? [{ x: x(epoch), y: y(value), radius: 2.6, colour: colours[line] }] : [];
    }),
  );
}

/** Names and last values beside the lines' ends, moved apart where they would touch. */
function endLabels(history: readonly EpochRecord[], { y }: LossLayout): ChartLabel[] {
  const end = (line: keyof typeof colours, value: number | null | undefined): ChartLabel[] =>
    typeof value === "number" && isDrawn(value)
      ? [
          {
            text: `${line} ${value.toPrecision(3)}`,
            x: size.width - size.right + 10,
            y: y(value) + 4,
            colour: colours[line],
            weight: "bold",
          },
        ]
      : [];
  const last = (key: "loss" | "valLoss") => history.findLast((record) => isDrawn(record[key]))?.[key];
  return spreadLabels([...end("train", last("loss")), ...end("validation", last("valLoss"))]);
}
