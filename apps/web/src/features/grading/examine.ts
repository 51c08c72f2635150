import { bounds, type Evidence, thresholds } from "@autoencoder/model/grading";
import type { ModelClient, ModelSource, Outcome } from "../../network/index.ts";
import { askServer } from "../../trpc/ask.ts";
import { type Collected, completed, type Totals } from "./collected.ts";
import { comparePicture, decodePicture } from "./picture.ts";

/** What a page needs to recompute a run's checks. */
export interface Examined {
  run: string;
  /** Undefined where the weights cannot be read. */
  source: ModelSource | undefined;
  recorded: Evidence;
  totals: Totals;
  /** Addresses of the sets' pictures begin with these; the validation images lie in the training file. */
  sets: { test: string; train: string; firstValidation: number };
  /** Address of `reconstructions.png`, and the test digits that it should show. */
  picture: { address: string | undefined; digits: readonly number[] };
}

/** Pictures of one request to the worker, and of the first look at each set. */
export const piece = 500;
const pixels = 784;
const compositionDigits = 16;

/** Looks at the first pictures of each set, the handed-in picture, and the whole against its parts. @throws Error */
export async function firstLook(client: ModelClient, examined: Examined, collected: Collected, signal: AbortSignal) {
  const digits = await fetchBytes(`${examined.sets.test}0-${compositionDigits}`, signal);
  const loss = examined.recorded.loss;
  const { composition = 0 } = settled(await client.measure({ pictures: digits, loss, composition: true }, signal));
  collected.composition = { digits: compositionDigits, greatest: composition };
  await lookAtPicture(client, examined, collected, signal);
  await nextValidation(client, examined, collected, signal);
  await nextTest(client, examined, collected, signal);
}

/** The next pictures of the set that is not through yet, validation before test. @returns whether there were any */
export async function nextPiece(client: ModelClient, examined: Examined, collected: Collected, signal: AbortSignal) {
  if (collected.validation.mse.length < examined.totals.validation) {
    await nextValidation(client, examined, collected, signal);
  } else if (collected.test.mse.length < examined.totals.test) {
    await nextTest(client, examined, collected, signal);
  } else return false;
  return true;
}

/** Asks the server for PCA on the test images where marks depend on it. @throws Error */
export async function pcaWhereNeeded({ run, recorded, totals }: Examined, collected: Collected): Promise<void> {
  const { test } = completed(recorded, collected, totals);
  if (collected.pcaTest !== undefined || !test || bounds(test.mse)[1] < thresholds.example) return;
  collected.pcaTest = await askServer((api) => api.testPca.query({ name: run }));
}

async function nextValidation(client: ModelClient, examined: Examined, { validation }: Collected, signal: AbortSignal) {
  const { sets, totals, recorded } = examined;
  const first = validation.mse.length;
  const last = Math.min(totals.validation, first + piece);
  if (last <= first) return;
  const range = `${sets.firstValidation + first}-${sets.firstValidation + last}`;
  const pictures = await fetchBytes(sets.train + range, signal);
  const found = settled(await client.measure({ pictures, loss: recorded.loss, composition: false }, signal));
  validation.mse.push(...found.mse);
  validation.loss.push(...found.loss);
}

async function nextTest(client: ModelClient, examined: Examined, collected: Collected, signal: AbortSignal) {
  const { sets, totals, recorded } = examined;
  const { test } = collected;
  const first = test.mse.length;
  const last = Math.min(totals.test, first + piece);
  const [pictures, labels, originals] = await Promise.all([
    fetchBytes(`${sets.test}${first}-${last}`, signal),
    fetchBytes(`${sets.test}${first}-${last}/labels`, signal),
    first < totals.find ? fetchBytes(`${sets.test}0-${totals.find}`, signal) : undefined,
  ]);
  const asked = { pictures, loss: recorded.loss, composition: false, ...(originals && { originals }) };
  const found = settled(await client.measure(asked, signal));
  test.mse.push(...found.mse);
  test.loss.push(...found.loss);
  test.labels.push(...labels);
  for (const [at, nearest] of (found.nearest ?? []).entries()) if (nearest === first + at) collected.found++;
}

async function lookAtPicture(client: ModelClient, examined: Examined, collected: Collected, signal: AbortSignal) {
  const { address, digits } = examined.picture;
  if (!address || examined.recorded.problems["reconstructions.png"]) return;
  const rebuilt: { original: Uint8Array; rebuilt: Float32Array }[] = [];
  for (const index of digits) {
    const original = await fetchBytes(`${examined.sets.test}${index}-${index + 1}`, signal);
    const unit = Float32Array.from(original, (byte) => byte / 255);
    rebuilt.push({ original, rebuilt: settled(await client.reconstruct(unit)).reconstruction });
  }
  try {
    collected.picture = comparePicture(await decodePicture(address), rebuilt);
  } catch (error) {
    collected.pictureProblem = (error as Error).message;
  }
}

async function fetchBytes(address: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(address, { signal }).catch((error: Error) => {
    if (signal.aborted) throw error;
  });
  if (!response?.ok) {
    const got = response ? `the server answered ${response.status}` : "the connection failed";
    throw new Error(`The MNIST pictures did not load: ${got}.`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const width = address.endsWith("/labels") ? 1 : pixels;
  if (bytes.length % width !== 0) throw new Error(`The MNIST pictures broke off: ${bytes.length} bytes.`);
  return bytes;
}

function settled<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.problem.sentence);
}
