export { floatToHalf, halfToFloat } from "./half.ts";
export {
  countMultiplyAdds,
  countParameters,
  type LayerFacts,
  layerFacts,
  type WeightShape,
  weightShapes,
} from "./parameters.ts";
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
