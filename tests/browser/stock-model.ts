import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runPaths, weightsBeside } from "@autoencoder/model/run";
import * as tf from "@tensorflow/tfjs";
import { startWasm } from "../../apps/trainer/src/engines/wasm-backend.ts";
import { artifacts, runOf } from "./chapter-page.ts";

/** A model as stock tfjs reads it: its topology, and weights in float32 or in half floats. */
export function stockModel(modelJson: string, weights: Uint8Array): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(modelJson);
  const weightSpecs = weightsManifest.flatMap(({ weights }: { weights: object[] }) => weights);
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs, weightData: Uint8Array.from(weights).buffer }),
  );
}

/** MSE of a committed run over pictures, [pictures × 784] in [0, 1]. A slim run has its weights in half floats only. */
export async function errorOfRun(name: string, pixels: Float32Array): Promise<number> {
  await startWasm();
  const isWhole = runOf(name).files.some(({ path }) => path === runPaths.encoder);
  const [encoder, decoder] = await Promise.all(
    (isWhole ? [runPaths.encoder, runPaths.decoder] : [runPaths.pageEncoder, runPaths.pageDecoder]).map((path) =>
      stockModel(
        readFileSync(join(artifacts, name, path), "utf8"),
        readFileSync(join(artifacts, name, weightsBeside(path))),
      ),
    ),
  );
  const error = tf.tidy(() => {
    const pictures = tf.tensor(pixels, [pixels.length / 784, 28, 28, 1]);
    const painted = decoder?.predict(encoder?.predict(pictures) as tf.Tensor) as tf.Tensor;
    return tf.mean(tf.squaredDifference(painted, pictures)).dataSync()[0] as number;
  });
  encoder?.dispose();
  decoder?.dispose();
  return error;
}
