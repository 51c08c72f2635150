export { activations } from "./activations.ts";
export { type Autoencoder, buildAutoencoder, buildModel } from "./build.ts";
export { freshWeights, type Initialization, logit } from "./initialize.ts";
export { type NamedWeight, type NamedWeights, readWeights } from "./weight-files.ts";
export {
  getWeights,
  type ModelFiles,
  setWeights,
  trainableVariables,
  type WeightFormat,
  weightNames,
  writeModel,
} from "./weights.ts";
