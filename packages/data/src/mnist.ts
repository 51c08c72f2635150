import { readIdxImages, readIdxLabels, unzipped } from "./idx.ts";
import { ImageSet } from "./image-set.ts";

/** A training set and a test set, and the files that they were read from. */
export interface Dataset {
  name: string;
  train: ImageSet;
  test: ImageSet;
  /** SHA-256 of each file, decompressed. */
  files: { name: string; sha256: string }[];
}

/** SHA-256 by file name. */
export type Checksums = Readonly<Record<string, string>>;

/** SHA-256 of MNIST's four files, decompressed. */
export const mnistChecksums: Checksums = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/** Reads a file by its name; undefined where there is none. */
export type ReadFile = (name: string) => Promise<Uint8Array | undefined>;

/**
 * A dataset from its four IDX files, whose names are MNIST's (Fashion-MNIST uses the same), plain or gzip.
 * @param checksums SHA-256 of the decompressed files; without them any content is accepted
 * @throws Error of one line when a file is missing, malformed, or not the one that the checksums name
 */
export async function loadDataset(name: string, read: ReadFile, checksums?: Checksums): Promise<Dataset> {
  const files: Dataset["files"] = [];
  const open = async (file: string) => {
    const bytes = unzipped(await find(file, read), file);
    const sha256 = await digest(bytes);
    const expected = checksums?.[file];
    if (expected !== undefined && expected !== sha256) {
      throw new Error(`${file}: expected SHA-256 ${expected} but got ${sha256}: it is not ${name}'s; install it again`);
    }
    files.push({ name: file, sha256 });
    return bytes;
  };
  const readSet = async (prefix: string): Promise<ImageSet> => {
    const imagesFile = `${prefix}-images-idx3-ubyte`;
    const labelsFile = `${prefix}-labels-idx1-ubyte`;
    const images = readIdxImages(await open(imagesFile), imagesFile);
    const { count, labels } = readIdxLabels(await open(labelsFile), labelsFile);
    if (count !== images.count) {
      throw new Error(
        `${labelsFile}: expected ${images.count} labels, one for each image, but got ${count}; give files that belong together`,
      );
    }
    return new ImageSet(images, labels);
  };
  const train = await readSet("train");
  const test = await readSet("t10k");
  if (test.rows !== train.rows || test.columns !== train.columns) {
    throw new Error(
      `t10k-images-idx3-ubyte: expected pictures of ${train.rows} × ${train.columns} pixels, as in training, ` +
        `but got ${test.rows} × ${test.columns}; give files that belong together`,
    );
  }
  return { name, train, test, files };
}

async function find(file: string, read: ReadFile): Promise<Uint8Array> {
  const dotted = file.replace("-idx", ".idx");
  for (const candidate of [file, `${file}.gz`, dotted, `${dotted}.gz`]) {
    const bytes = await read(candidate);
    if (bytes) return bytes;
  }
  throw new Error(`${file}: expected this file, plain or .gz, but there is none; put it there`);
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await globalThis.crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Mean of the first `count` pictures' pixels, in [0, 1]. */
export function meanPixel(set: ImageSet, count: number = set.count): number {
  const pixels = set.bytes(0, count);
  let sum = 0;
  for (const byte of pixels) sum += byte;
  return sum / pixels.length / 255;
}

/** The first `perClass` pictures of every class: their numbers, by class, then as they come. */
export function firstOfEachClass(labels: Uint8Array, perClass: number): Uint32Array {
  const byClass = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const found = byClass.get(label) ?? [];
    if (found.length < perClass) found.push(index);
    byClass.set(label, found);
  });
  const classes = [...byClass.keys()].sort((a, b) => a - b);
  return Uint32Array.from(classes.flatMap((label) => byClass.get(label) as number[]));
}
