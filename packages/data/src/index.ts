export { epochOrder, gatherImages } from "./batches.ts";
export { type IdxImages, type IdxLabels, readIdxImages, readIdxLabels } from "./idx.ts";
export {
  type Checksums,
  type Dataset,
  firstOfEachClass,
  type ImageSet,
  loadDataset,
  meanPixel,
  mnistChecksums,
  type ReadFile,
} from "./mnist.ts";
export { createRandom, type Random } from "./random.ts";
export { type Split, trainValidationSplit } from "./split.ts";
