export { describeArchitecture, type Tensors } from "./architecture.ts";
export { bounds, estimate } from "./estimate.ts";
export type { Architecture, Composition, Estimate, Evidence, Found, Measured, PictureEvidence } from "./evidence.ts";
export { type Fixture, fixtures } from "./fixtures.ts";
export { byBadge, type Grade, grade, type Result, type Total, total } from "./grade.ts";
export { leastLoss } from "./least-loss.ts";
export { readLossPlot } from "./loss-plot.ts";
export {
  type Badge,
  type Check,
  type CheckId,
  type Lesson,
  type Row,
  rubric,
  rubricVersion,
  thresholds,
} from "./rubric.ts";
