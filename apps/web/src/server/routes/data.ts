import { answer, answering, refuse } from "../answers.ts";
import { assignedSplit, mnist } from "../mnist.ts";

/** Pictures in one answer at most: 784 kB. */
const mostPictures = 1000;
/** Labels in one answer at most, a byte each: those of the whole test set. */
const mostLabels = 10_000;
/** The file of a set's images. */
const imagesOf: ReadonlyMap<string, string> = new Map([
  ["test", "t10k-images-idx3-ubyte"],
  ["train", "train-images-idx3-ubyte"],
  ["validation", "train-images-idx3-ubyte"],
]);

/**
 * `/data/SHA256/SET/START-END` and `…/labels`: a range of MNIST's pictures as bytes, 784 a picture, or of their labels.
 * `/data/SHA256/SET/A,B,C`: single pictures, in this order.
 * SET is `test` or `train`, numbered in its file, or `validation`, numbered from the first validation picture; SHA256 is that
 * of the images file, so that an answer never changes.
 */
export function answerData(request: Request, path: readonly string[]): Promise<Response> {
  return answering(request, () => partOf(request, path));
}

async function partOf(request: Request, [hash, set = "", asked = "", kind]: readonly string[]): Promise<Response> {
  const dataset = await mnist();
  const from = imagesOf.get(set);
  const expected = dataset.files.find(({ name }) => name === from)?.sha256;
  if (!expected || (kind !== undefined && kind !== "labels")) {
    return refuse(
      404,
      "expected /data/SHA256/SET/START-END with test, train or validation as SET, with /labels or without",
    );
  }
  if (hash !== expected) return refuse(404, `expected the data with SHA-256 ${expected}; load the page again`);
  const images = set === "test" ? dataset.test : dataset.train;
  const split = assignedSplit(dataset.train.count);
  const first = set === "validation" ? split.train : 0;
  const count = set === "validation" ? split.validation : images.count;
  const most = kind === "labels" ? mostLabels : mostPictures;
  const ranges = rangesOf(asked.replaceAll(/%2c/gi, ","), { count, most });
  if (!ranges) {
    const forms = `START-END with START < END ≤ ${count}, or numbers below ${count} with commas`;
    return refuse(400, `expected ${forms}, at most ${most} ${kind ?? "pictures"}, but got ${asked.slice(0, 80)}`);
  }
  const [all, width] = kind === "labels" ? [images.labels, 1] : [images.pixels, images.rows * images.columns];
  const bytes = Buffer.concat(
    ranges.map(([start, end]) => all.subarray((first + start) * width, (first + end) * width)),
  );
  return answer(request, { bytes, type: "application/octet-stream", keep: "forever" });
}

/** What is asked for as ranges of numbers; undefined where it cannot be answered. */
function rangesOf(asked: string, { count, most }: { count: number; most: number }): [number, number][] | undefined {
  const range = /^(\d+)-(\d+)$/.exec(asked);
  const ranges = range
    ? [[Number(range[1]), Number(range[2])] as [number, number]]
    : /^\d+(,\d+)*$/.test(asked)
      ? asked.split(",").map((number): [number, number] => [Number(number), Number(number) + 1])
      : [];
  const length = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  const within = ranges.every(([start, end]) => start < end && end <= count);
  return within && length > 0 && length <= most ? ranges : undefined;
}
