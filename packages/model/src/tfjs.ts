export { type NamedWeight, type NamedWeights, readWeights } from "./run/weight-files.ts";
export { activations } from "./training/activations.ts";
export { type Autoencoder, buildAutoencoder, buildModel } from "./training/build.ts";
export { freshWeights, type Initialization, logit } from "./training/initialize.ts";
export {
  getWeights,
  type ModelFiles,
  setWeights,
  trainableVariables,
  type WeightFormat,
  weightNames,
  writeModel,
} from "./training/weights.ts";
