export { backward } from "./backward.ts";
export { arithmeticOf, forward, type WeightsByName } from "./forward.ts";
export { floatToHalf, halfToFloat } from "./half.ts";
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
} from "./layer-maps.ts";
export {
  kernelPicture,
  type LayerWeights,
  type MapInput,
  type MapInputs,
  mapInputs,
  type WeightPicture,
} from "./map-inputs.ts";
export { meanSquaredError, squaredError } from "./metrics/mse.ts";
export {
  countMultiplyAdds,
  countParameters,
  type LayerFacts,
  layerFacts,
  type WeightShape,
  weightShapes,
} from "./parameters.ts";
export { pictureTiles, tileColumns, tilePlace } from "./picture-tiles.ts";
export { allCells, type Cells, cellsRead, poolingPad, traceBack } from "./receptive-field.ts";
export {
  checkAutoencoder,
  kerasShape,
  layerShapes,
  modelOutputShape,
  outputShape,
  printedShape,
  type Shape,
  sizeOf,
} from "./shapes.ts";
export {
  type Activation,
  type AutoencoderSpec,
  assignmentSpec,
  autoencoderSpec,
  type LayerSpec,
  type ModelSpec,
} from "./spec.ts";
export { printSummary, type Summary, type SummaryRow, summarize, summarizeAutoencoder } from "./summary.ts";
export { readMetadata, readTable, type Table, type TableType, type Tensor, tensor, writeTable } from "./tables.ts";
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
} from "./terms.ts";
export { type NamedWeight, type NamedWeights, readWeights } from "./weight-files.ts";
export { wilson } from "./wilson.ts";
