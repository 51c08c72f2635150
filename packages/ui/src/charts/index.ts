/** Charts without style sheets: a page draws them in its own colours, and Node as files (`react-dom/server`). */
export {
  type ChartLabel,
  type ChartLook,
  LineChart,
} from "./line-chart.tsx";
export {
  type LossLayout,
  lossLayout,
  lossLines,
} from "./loss-layout.ts";
export { spreadLabels } from "./scales.ts";
