import { trainValidationSplit } from "@autoencoder/data";
import { mnist } from "../../../server/mnist.ts";

/** Pictures in one answer at most: 784 kB. */
const most = 1000;
const trainingImages = "train-images-idx3-ubyte";
/** The split of every recipe so far, as Keras makes it. */
const validationSplit = 0.1;

/**
 * `/data/SHA256/SET/START-END` and `…/labels`: a range of MNIST's pictures as bytes, 784 a picture, or of their labels.
 * SET is `test` or `train`, numbered in its file, or `validation`, numbered from the first validation picture; SHA256 is that
 * of the images file, so that an answer never changes.
 */
export async function GET(_: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const [hash, set, range, kind] = (await context.params).path;
  const dataset = await mnist();
  const from = { test: "t10k-images-idx3-ubyte", train: trainingImages, validation: trainingImages }[set ?? ""];
  const expected = dataset.files.find(({ name }) => name === from)?.sha256;
  if (!expected || (kind !== undefined && kind !== "labels")) {
    return refuse(
      404,
      "expected /data/SHA256/SET/START-END with test, train or validation as SET, with /labels or without",
    );
  }
  if (hash !== expected) return refuse(404, `expected the data with SHA-256 ${expected}; load the page again`);
  const images = set === "test" ? dataset.test : dataset.train;
  const split = trainValidationSplit(dataset.train.count, validationSplit);
  const first = set === "validation" ? split.train : 0;
  const count = set === "validation" ? split.validation : images.count;
  const [, start, end] = /^(\d+)-(\d+)$/.exec(range ?? "")?.map(Number) ?? [];
  if (start === undefined || end === undefined || start >= end || end > count || end - start > most) {
    return refuse(400, `expected START-END with START < END ≤ ${count}, at most ${most} pictures, but got ${range}`);
  }
  const width = kind === "labels" ? 1 : images.rows * images.columns;
  const bytes = (kind === "labels" ? images.labels : images.pixels).slice(
    (first + start) * width,
    (first + end) * width,
  );
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": "application/octet-stream", "cache-control": "public, max-age=31536000, immutable" },
  });
}

function refuse(status: number, message: string): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${message}\n`, { status, headers });
}
