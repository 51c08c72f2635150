import { arithmeticOf, layerValues, type MapLayer, strongestWeight } from "@autoencoder/model";
import { openingForwardPass } from "../../src/features/chapter/opening-digit.ts";
import { encodeFloats } from "../../src/features/digit/encoding.ts";
import { LiveOneKnob } from "./lazy.ts";

/** One weight of the output layer as a knob: the picture, the error for every value, the slope, and steps against it. */
export async function OneKnob() {
  const { layers, weights, values } = await openingForwardPass();
  const last = layers.at(-1) as MapLayer;
  const { place, weight, inputs, sums } = strongestWeight(arithmeticOf(layers, last, { weights, values }));
  return (
    <LiveOneKnob
      layer={last.name}
      first={{
        place,
        weight,
        inputs: encodeFloats(inputs),
        sums: encodeFloats(sums),
        target: encodeFloats(layerValues(values, layers[0] as MapLayer)),
      }}
    />
  );
}
