import { readTable, tensor } from "@autoencoder/model";
import { fetchFile } from "../../network/fetch-file.ts";
import type { RemoteFile } from "../../network/index.ts";
import type { DigitOrigin, RebuiltDigit } from "./digits.ts";

/**
 * A test digit with the code and the picture that the trainer recorded, for a page that cannot compute them.
 * @throws Error when they do not load, and for a test digit that is none of the samples
 */
export async function fetchRecordedDigit(
  samples: RemoteFile,
  origin: DigitOrigin & { kind: "test" },
  pixels: Float32Array,
): Promise<RebuiltDigit> {
  const { sample } = origin;
  if (sample === undefined) throw new Error(`the trainer recorded nothing of test digit ${origin.index}`);
  const table = readTable(await fetchFile(samples));
  const of = (name: string) => {
    const { shape, data } = tensor(table, name);
    const size = data.length / (shape[0] ?? 1);
    return Float32Array.from(data.slice(sample * size, (sample + 1) * size));
  };
  return { origin, pixels, latent: of("latents"), reconstruction: of("reconstructions") };
}
