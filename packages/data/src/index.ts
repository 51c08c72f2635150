export { epochOrder, gatherImages } from "./batches.ts";
export { readIdxImages, readIdxLabels } from "./idx.ts";
export {
  type Dataset,
  firstOfEachClass,
  type ImageSet,
  loadDataset,
  meanPixel,
  mnistChecksums,
} from "./mnist.ts";
export { createRandom } from "./random.ts";
export { trainValidationSplit } from "./split.ts";
