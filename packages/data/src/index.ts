export { epochOrder } from "./batches.ts";
export { readIdxImages, readIdxLabels } from "./idx.ts";
export { floatsOf, ImageSet } from "./image-set.ts";
export {
  type Dataset,
  firstOfEachClass,
  loadDataset,
  meanPixel,
  mnistChecksums,
} from "./mnist.ts";
export { createRandom } from "./random.ts";
export { trainValidationSplit } from "./split.ts";
