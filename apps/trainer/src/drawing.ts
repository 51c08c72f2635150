import { ImageSet, readIdxImages, trainValidationSplit } from "@autoencoder/data";
import type { LayerSpec } from "@autoencoder/model";
import type { Recipe } from "@autoencoder/model/recipes";
import { type PageTraining, RunFault } from "@autoencoder/model/run";
import { UsageError } from "./command-line.ts";

/** Where a reader's drawing is trained on, and its file, as run.json and training.json have it. */
type DrawingPart = NonNullable<PageTraining["page"]["drawing"]>;

/** A reader's drawing, and the training images in whose place it is trained on. */
export interface PlacedDrawing extends DrawingPart {
  /** As an IDX file of one picture. */
  file: Uint8Array;
  /** [rows, columns], 0 to 255. */
  pixels: Uint8Array;
}

/** @throws RunFault unless the file holds one picture, of the size that the network reads */
export function readDrawing(part: DrawingPart, file: Uint8Array, { encoder }: Recipe["spec"]): PlacedDrawing {
  const { shape } = encoder.layers[0] as Extract<LayerSpec, { className: "InputLayer" }>;
  const [rows = 0, columns = 0] = shape;
  const refuse = (came: string) => {
    const expected = `an IDX file of one picture of ${rows} × ${columns} pixels`;
    return new RunFault({ file: part.path, expected, came, mend: "train the run again" });
  };
  // Before it is read: what is compressed may be without end.
  if (file.length !== 16 + rows * columns) throw refuse(`got ${file.length} bytes`);
  let found: ReturnType<typeof readIdxImages>;
  try {
    found = readIdxImages(file, part.path);
  } catch {
    throw refuse("it is none");
  }
  if (found.count === 1 && found.rows === rows && found.columns === columns)
    return { ...part, file, pixels: found.pixels };
  throw refuse(`got ${found.count} of ${found.rows} × ${found.columns}`);
}

/**
 * A copy of the images that a recipe uses, with the drawing in its places.
 * @param wanted what asks for it, for errors
 * @throws UsageError where these are not among the images that are trained on
 */
export function withDrawing(
  set: ImageSet,
  { from, to, pixels }: PlacedDrawing,
  { recipe, wanted }: { recipe: Recipe; wanted: string },
): ImageSet {
  const { train } = trainValidationSplit(set.count, recipe.validationSplit);
  if (to > train) {
    throw new UsageError(
      `${wanted}: expected a drawing in the place of images from 0 to before ${train}, which are trained on, but got ${from} to before ${to}; download it again`,
    );
  }
  const { count, rows, columns, size, labels } = set;
  const copy = set.pixels.slice();
  for (let at = from; at < to; at++) copy.set(pixels, at * size);
  return new ImageSet({ count, rows, columns, pixels: copy }, labels);
}
