import * as tf from "@tensorflow/tfjs-core";
import { filmBins } from "../run/film.ts";
import { activations } from "../training/activations.ts";
import type { Autoencoder } from "../training/build.ts";

/** What the decoder's last layer, a convolution, reads and makes. */
export interface LastLayer {
  /** [images, rows, columns, maps] */
  maps: tf.Tensor4D;
  /** [images, rows, columns, 1], before the activation. */
  sums: tf.Tensor4D;
  outputs: tf.Tensor4D;
  bias: tf.Tensor1D;
}

/** The last layer for these codes, within a tidy. @param codes [images, latent] flat */
export function lastLayer(decoder: Autoencoder["decoder"], codes: Float32Array): LastLayer {
  const names = decoder.layers.map(({ name }) => name);
  const last = decoder.layers.at(-1) as (typeof decoder.layers)[number];
  const width = decoder.inputs[0]?.shape[1] as number;
  const outputs = activations(decoder, tf.tensor2d(codes, [codes.length / width, width]));
  const maps = outputs.get(names.at(-2) as string) as tf.Tensor4D;
  const [kernel, bias] = last.getWeights() as [tf.Tensor4D, tf.Tensor1D];
  const sums: tf.Tensor4D = tf.add(tf.conv2d(maps, kernel, 1, last.getConfig().padding as "same" | "valid"), bias);
  return { maps, sums, outputs: outputs.get(last.name) as tf.Tensor4D, bias };
}

/** What a frame of a training's film says of the last layer, over some pictures. */
export interface SumsFrame {
  /** Counts of the sums that enter the last activation, by bin (`filmBins`): where the picture has ink, and where it is black. */
  ink: Int32Array;
  black: Int32Array;
  inkMean: number;
  blackMean: number;
  /** 1 for each map before the last layer that is above 0 somewhere. */
  live: Uint8Array;
}

/**
 * @param codes [images, latent] flat
 * @param targets [images, rows, columns, 1] flat, in [0, 1]: what should come out
 * @returns the frame, and `outputs`, what the decoder makes of the codes: [images, rows, columns, 1] flat
 */
export async function sumsFrame(
  decoder: Autoencoder["decoder"],
  codes: Float32Array,
  targets: Float32Array,
): Promise<{ frame: SumsFrame; outputs: Float32Array }> {
  const found = tf.tidy(() => {
    const { maps, sums, outputs } = lastLayer(decoder, codes);
    return { sums, outputs, live: tf.greater(tf.max(maps, [0, 1, 2]), 0) };
  });
  const counted = countSums(await found.sums.data<"float32">(), targets);
  const live = Uint8Array.from(await found.live.data());
  const outputs = Float32Array.from(await found.outputs.data<"float32">());
  tf.dispose(found);
  return { frame: { ...counted, live }, outputs };
}

/** Histograms and means of the sums at pixels that should be ink and at those that should be black. */
export function countSums(sums: Float32Array, targets: Float32Array): Omit<SumsFrame, "live"> {
  const { from, to, inside } = filmBins;
  const counts = { ink: new Int32Array(inside + 2), black: new Int32Array(inside + 2) };
  const totals = { ink: 0, black: 0 };
  const numbers = { ink: 0, black: 0 };
  for (const [at, sum] of sums.entries()) {
    const kind = (targets[at] as number) > 0.5 ? "ink" : "black";
    const bin = Math.floor(((sum - from) / (to - from)) * inside) + 1;
    const counted = counts[kind];
    const place = Math.min(Math.max(bin, 0), inside + 1);
    counted[place] = (counted[place] as number) + 1;
    totals[kind] += sum;
    numbers[kind] += 1;
  }
  const mean = (kind: "ink" | "black") => totals[kind] / Math.max(1, numbers[kind]);
  return { ...counts, inkMean: mean("ink"), blackMean: mean("black") };
}
