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
  const open = (path: string) =>
    stockModel(
      readFileSync(join(artifacts, name, path), "utf8"),
      readFileSync(join(artifacts, name, weightsBeside(path))),
    );
  const encoder = await open(isWhole ? runPaths.encoder : runPaths.pageEncoder);
  const decoder = await open(isWhole ? runPaths.decoder : runPaths.pageDecoder);
  const painted = tf.tidy(() => {
    const pictures = tf.tensor(pixels, [pixels.length / 784, 28, 28, 1]);
    return (decoder.predict(encoder.predict(pictures) as tf.Tensor) as tf.Tensor).dataSync();
  });
  encoder.dispose();
  decoder.dispose();
  return pixels.reduce((sum, pixel, at) => sum + (pixel - (painted[at] as number)) ** 2, 0) / pixels.length;
}
