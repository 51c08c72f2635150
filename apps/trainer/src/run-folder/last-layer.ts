import { type Autoencoder, activations } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";

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
