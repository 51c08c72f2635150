import { floatsOf } from "@autoencoder/data";
import { asGoodAsExample, bounds, type Evidence } from "@autoencoder/model/grading";
import type { ModelClient, NetworkFiles } from "../../network/index.ts";
import { fetchBytes } from "../../shared/fetch-numbers.ts";
import { pixelCount } from "../../shared/pixels.ts";
import { unwrap } from "../../shared/result.ts";
import { askServer } from "../../trpc/ask.ts";
import { comparePicture, decodePicture } from "./picture.ts";
import { evidenceWith, type Recomputed, type Totals } from "./recomputed.ts";

/** What a page needs to recompute a run's checks. */
export interface GradedRun {
  run: string;
  /** Undefined where the weights cannot be read. */
  network: NetworkFiles | undefined;
  recorded: Evidence;
  totals: Totals;
  /** Addresses of the sets' pictures begin with these; the validation images lie in the training file. */
  sets: { test: string; train: string; firstValidation: number };
  /** Address of `reconstructions.png`, and the test digits that it should show. */
  picture: { address: string | undefined; digits: readonly number[] };
}

/** Pictures of one request to the worker, and of the first look at each set. */
export const pieceSize = 500;
const compositionDigits = 16;

/** Looks at the first pictures of each set, the handed-in picture, and the whole against its parts. @throws Error */
export async function firstLook(client: ModelClient, graded: GradedRun, into: Recomputed, signal: AbortSignal) {
  const digits = await fetchPictures(`${graded.sets.test}0-${compositionDigits}`, signal);
  const loss = graded.recorded.loss;
  const { composition = 0 } = unwrap(await client.measure({ pictures: digits, loss, composition: true }, { signal }));
  into.composition = { digits: compositionDigits, greatest: composition };
  await lookAtPicture(client, graded, into, signal);
  await nextValidation(client, graded, into, signal);
  await nextTest(client, graded, into, signal);
}

/** The next pictures of the set that is not through yet, validation before test. @returns whether there were any */
export async function nextPiece(client: ModelClient, graded: GradedRun, into: Recomputed, signal: AbortSignal) {
  if (into.validation.mse.length < graded.totals.validation) {
    await nextValidation(client, graded, into, signal);
  } else if (into.test.mse.length < graded.totals.test) {
    await nextTest(client, graded, into, signal);
  } else return false;
  return true;
}

/** Asks the server for PCA on the test images where marks depend on it. @throws Error */
export async function pcaWhereNeeded({ run, recorded, totals }: GradedRun, into: Recomputed): Promise<void> {
  const { test } = evidenceWith(into, { recorded, totals });
  if (into.pcaTest !== undefined || !test || bounds(test.mse)[1] < asGoodAsExample) return;
  into.pcaTest = await askServer((api) => api.testPca.query({ name: run }));
}

async function nextValidation(client: ModelClient, graded: GradedRun, { validation }: Recomputed, signal: AbortSignal) {
  const { sets, totals, recorded } = graded;
  const first = validation.mse.length;
  const last = Math.min(totals.validation, first + pieceSize);
  if (last <= first) return;
  const range = `${sets.firstValidation + first}-${sets.firstValidation + last}`;
  const pictures = await fetchPictures(sets.train + range, signal);
  const found = unwrap(await client.measure({ pictures, loss: recorded.loss, composition: false }, { signal }));
  validation.mse.push(...found.mse);
  validation.loss.push(...found.loss);
}

async function nextTest(client: ModelClient, graded: GradedRun, into: Recomputed, signal: AbortSignal) {
  const { sets, totals, recorded } = graded;
  const { test } = into;
  const first = test.mse.length;
  const last = Math.min(totals.test, first + pieceSize);
  const [pictures, labels, originals] = await Promise.all([
    fetchPictures(`${sets.test}${first}-${last}`, signal),
    fetchPictures(`${sets.test}${first}-${last}/labels`, signal),
    first < totals.find ? fetchPictures(`${sets.test}0-${totals.find}`, signal) : undefined,
  ]);
  const asked = { pictures, loss: recorded.loss, composition: false, ...(originals && { originals }) };
  const found = unwrap(await client.measure(asked, { signal }));
  test.mse.push(...found.mse);
  test.loss.push(...found.loss);
  test.labels.push(...labels);
  for (const [at, nearest] of (found.nearest ?? []).entries()) if (nearest === first + at) into.found++;
}

async function lookAtPicture(client: ModelClient, graded: GradedRun, into: Recomputed, signal: AbortSignal) {
  const { address, digits } = graded.picture;
  if (!address || graded.recorded.problems["reconstructions.png"]) return;
  const rebuilt: { original: Uint8Array; rebuilt: Float32Array }[] = [];
  for (const index of digits) {
    const original = await fetchPictures(`${graded.sets.test}${index}-${index + 1}`, signal);
    const { reconstruction } = unwrap(await client.reconstruct(floatsOf(original)));
    rebuilt.push({ original, rebuilt: reconstruction });
  }
  try {
    into.picture = comparePicture(await decodePicture(address), rebuilt);
  } catch (error) {
    into.pictureProblem = (error as Error).message;
  }
}

async function fetchPictures(address: string, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = await fetchBytes(address, signal).catch((error: Error) => {
    if (signal.aborted) throw error;
    throw new Error(`The MNIST pictures did not load: ${error.message}.`);
  });
  const width = address.endsWith("/labels") ? 1 : pixelCount;
  if (bytes.length % width !== 0) throw new Error(`The MNIST pictures broke off: ${bytes.length} bytes.`);
  return bytes;
}
