export { backward } from "./explain/backward.ts";
export { arithmeticOf, forward, type WeightsByName } from "./explain/forward.ts";
export {
  kernelPicture,
  type LayerWeights,
  type MapInput,
  type MapInputs,
  mapInputs,
  type WeightPicture,
} from "./explain/map-inputs.ts";
export { allCells, type Cells, cellsRead, poolingPad, traceBack } from "./explain/receptive-field.ts";
export {
  activate,
  type CopyTerms,
  type InputTerms,
  type LayerArithmetic,
  type PoolTerms,
  type SumTerms,
  type TermGroup,
  type ValueTerms,
  valueTerms,
} from "./explain/value-terms.ts";
export { imageMetrics, summarizeMetrics } from "./metrics/image-metrics.ts";
export { wilson } from "./metrics/intervals.ts";
export { meanSquaredError, squaredError } from "./metrics/mse.ts";
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
export {
  countMultiplyAdds,
  countParameters,
  type LayerFacts,
  layerFacts,
  type WeightShape,
  weightShapes,
} from "./network/parameters.ts";
export {
  checkAutoencoder,
  kerasShape,
  layerShapes,
  modelOutputShape,
  outputShape,
  printedShape,
  type Shape,
  sizeOf,
} from "./network/shapes.ts";
export {
  type Activation,
  type AutoencoderSpec,
  assignmentSpec,
  autoencoderSpec,
  type LayerSpec,
  type ModelSpec,
} from "./network/spec.ts";
export { printSummary, type Summary, type SummaryRow, summarize, summarizeAutoencoder } from "./network/summary.ts";
export { floatToHalf, halfToFloat } from "./run/half.ts";
export { pictureTiles, tileColumns, tilePlace } from "./run/picture-tiles.ts";
export { readMetadata, readTable, type Table, type TableType, type Tensor, tensor, writeTable } from "./run/tables.ts";
export { type NamedWeight, type NamedWeights, readWeights } from "./run/weight-files.ts";
