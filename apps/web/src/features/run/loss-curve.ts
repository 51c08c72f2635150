export { LossCurve } from "@autoencoder/ui";
