import { mnistChecksums } from "@autoencoder/data";
import { fetchBytes, fetchTestDigits } from "../../shared/fetch-numbers.ts";
import { pixelCount } from "../../shared/pixels.ts";
import { pageImages } from "../../training/settings.ts";

/** What a training in the page is made with. */
export interface TrainingPictures {
  /** [5,000 × 784], 0 to 255: to train on, then to validate on. */
  pictures: Uint8Array<ArrayBuffer>;
  /** [watched × 784] */
  watched: Uint8Array<ArrayBuffer>;
}

/** Pictures in one answer of the server. */
const piece = 1000;

let fetched: Promise<TrainingPictures> | undefined;

/**
 * The pictures of the page's trainings, fetched once.
 * @param watched numbers of the test digits that are rebuilt at every frame
 * @param onProgress the part that has come, 0 to 1
 * @throws Error when they do not load
 */
export function fetchPictures(
  watched: readonly number[],
  onProgress: (done: number) => void,
): Promise<TrainingPictures> {
  fetched ??= fetchAll(watched, onProgress).catch((error) => {
    fetched = undefined; // a lost connection may come back
    throw error;
  });
  return fetched;
}

async function fetchAll(watched: readonly number[], onProgress: (done: number) => void): Promise<TrainingPictures> {
  const count = pageImages.train + pageImages.validation;
  const pictures = new Uint8Array(count * pixelCount);
  let done = 0;
  const pieces = Array.from({ length: Math.ceil(count / piece) }, (_, at) => at * piece).map(async (start) => {
    const end = Math.min(start + piece, count);
    const address = `/data/${mnistChecksums["train-images-idx3-ubyte"]}/train/${start}-${end}`;
    pictures.set(await fetchBytes(address), start * pixelCount);
    done += end - start;
    onProgress(done / count);
  });
  const [digits] = await Promise.all([fetchTestDigits(watched), ...pieces]);
  const together = new Uint8Array(watched.length * pixelCount);
  for (const [at, digit] of digits.entries()) together.set(digit, at * pixelCount);
  return { pictures, watched: together };
}
