export { backward } from "./explain/backward.ts";
export {
  activate,
  arithmeticOf,
  type Bends,
  forward,
  forwardWithout,
  type LayerArithmetic,
  paint,
  sigmoid,
  type WeightsByName,
} from "./explain/forward.ts";
export { kernelPicture, type LayerWeights, type MapInputs, mapInputs } from "./explain/map-inputs.ts";
export { lossWith, type OneWeight, outputsWith, strongestWeight } from "./explain/one-weight.ts";
export { type Cells, cellsRead, traceBack } from "./explain/receptive-field.ts";
export {
  type CopyTerms,
  type PoolTerms,
  type SumTerms,
  type TermGroup,
  type ValueTerms,
  valueTerms,
} from "./explain/value-terms.ts";
export { imageMetrics, type MetricsSummary, summarizeMetrics } from "./metrics/image-metrics.ts";
export { mean, wilson } from "./metrics/intervals.ts";
export { byteMeanSquaredError, meanSquaredError, squaredError } from "./metrics/mse.ts";
export { countNearestOfSameClass, isNearestRow, nearestRows } from "./metrics/nearest.ts";
export { psnr } from "./metrics/psnr.ts";
export {
  countValues,
  layerValues,
  type MapLayer,
  type MapShape,
  mapLayerNamed,
  mapLayersOf,
  mapValues,
  type Place,
  valueIndex,
} from "./network/layer-maps.ts";
export { countMultiplyAdds, countParameters, layerSizes } from "./network/parameters.ts";
export { checkAutoencoder, modelOutputShape, outputShape, printedShape, sizeOf } from "./network/shapes.ts";
export { type AutoencoderSpec, assignmentSpec, autoencoderSpec, type LayerSpec } from "./network/spec.ts";
export { printSummary, type Summary, summarize, summarizeAutoencoder } from "./network/summary.ts";
export { forEachTap, type Window, windowOf } from "./network/window.ts";
export { filmBins, filmLayers } from "./run/film.ts";
export { floatToHalf, halfToFloat } from "./run/half.ts";
export { greyByte, pictureTiles, tileColumns, tilePlace } from "./run/picture-tiles.ts";
export { readTable, type Table, tensor, writeTable } from "./run/tables.ts";
export { joinWeights, type NamedWeights, readWeights } from "./run/weight-files.ts";
export { collapseRule } from "./training/collapse.ts";
export { logit } from "./training/initialize.ts";
export { onOneLine, shown } from "./words.ts";
