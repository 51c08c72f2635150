export { activations } from "./activations.ts";
export { type Autoencoder, buildAutoencoder, buildModel } from "./build.ts";
export { freshWeights, type Initialization, logit } from "./initialize.ts";
export {
  getWeights,
  type ModelFiles,
  type NamedWeight,
  type NamedWeights,
  readWeights,
  setWeights,
  trainableVariables,
  type WeightFormat,
  weightNames,
  writeModel,
} from "./weights.ts";
