import { layerValues, type MapLayer } from "@autoencoder/model";
import { compareRotated, randomRotation } from "../../shared/rotated-code.ts";
import { cachedPerNetwork } from "../cached.ts";
import { forwardPass } from "../forward-pass.ts";

/** The first test digit through the network and through its rotated twin. */
export const rotatedFirstDigit = cachedPerNetwork(async (run) => {
  const { layers, weights, values } = await forwardPass(run, 0);
  const code = layers.find(({ part }) => part === "code") as MapLayer;
  const pixels = layerValues(values, layers[0] as MapLayer).slice();
  return compareRotated(layers, weights, pixels, randomRotation(code.values, 1));
});
