import { mnistChecksums } from "@autoencoder/data";
import { fetchBytes, fetchTestDigits } from "../../shared/fetch-numbers.ts";
import { pixelCount } from "../../shared/pixels.ts";

/** What a training in the page is made with. */
export interface TrainingPictures {
  /** [count × 784], 0 to 255: to train on, then to validate on. */
  pictures: Uint8Array<ArrayBuffer>;
  /** [watched × 784] */
  watched: Uint8Array<ArrayBuffer>;
}

/** Pictures in one answer of the server. */
const piece = 1000;

/** Those that were fetched last; others come from the browser's cache when they are asked for again. */
let fetched: { count: number; pictures: Promise<TrainingPictures> } | undefined;

/**
 * The pictures of the page's trainings, fetched once.
 * @param count how many, from the first of MNIST's training file on
 * @param watched numbers of the test digits that are rebuilt at every frame
 * @param onProgress the part that has come, 0 to 1
 * @throws Error when they do not load
 */
export function fetchPictures(
  count: number,
  watched: readonly number[],
  onProgress: (done: number) => void,
): Promise<TrainingPictures> {
  if (fetched?.count === count) return fetched.pictures;
  const pictures = fetchAll(count, watched, onProgress);
  fetched = { count, pictures };
  pictures.catch(() => {
    if (fetched?.pictures === pictures) fetched = undefined; // a lost connection may come back
  });
  return pictures;
}

async function fetchAll(
  count: number,
  watched: readonly number[],
  onProgress: (done: number) => void,
): Promise<TrainingPictures> {
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
