/** Charts without style sheets: a page draws them in its own colours, and Node as files (`react-dom/server`). */
export { Bars, type BarsProps } from "./bars.tsx";
export { type CodeBar, type CodeBarsLayout, codeBarAt, codeBars, codeBarsPath, greatestSize } from "./code-bars.ts";
export {
  type Axis,
  type ChartDot,
  type ChartLabel,
  type ChartLine,
  type ChartLook,
  type ChartSize,
  LineChart,
  type LineChartProps,
  type Tick,
} from "./line-chart.tsx";
export {
  type LossContent,
  type LossLayout,
  type LossLevel,
  type LossPoint,
  type LossScale,
  lossChartSizes,
  lossLayout,
  lossLines,
  type TrainPlace,
} from "./loss-layout.ts";
export { linearScale, linePath, logScale, logTicks, spreadLabels, ticksAt } from "./scales.ts";
