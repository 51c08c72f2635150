/** Paths of the files of a published run that the site and other readers ask for by name. */
export const runPaths = {
  autoencoder: "autoencoder/model.json",
  encoder: "encoder/model.json",
  decoder: "decoder/model.json",
  pageEncoder: "page/encoder/model.json",
  pageDecoder: "page/decoder/model.json",
  kerasAutoencoder: "autoencoder_model.keras",
  kerasEncoder: "encoder_model.keras",
  kerasDecoder: "decoder_model.keras",
  lossCurvePng: "loss_curve.png",
  lossCurveSvg: "loss_curve.svg",
  reconstructions: "reconstructions.png",
  history: "history.csv",
  samples: "samples.safetensors",
  steps: "steps.safetensors",
  testLatents: "test-latents.safetensors",
  testErrors: "test-errors.safetensors",
  testActivations: "test-activations.safetensors",
  projections: "projections.safetensors",
  statistics: "statistics.safetensors",
  snapshots: "snapshots.safetensors",
  drawing: "drawing-idx3-ubyte",
} as const;

/** The weights' path beside a `model.json`. */
export function weightsBeside(path: string): string {
  return path.replace(/model\.json$/, "weights.bin");
}
