export { activations } from "./training/activations.ts";
export { type Autoencoder, buildAutoencoder, buildModel } from "./training/build.ts";
export { freshWeights, logit } from "./training/initialize.ts";
export { getWeights, setWeights, type WeightFormat, writeModel } from "./training/weights.ts";
