import { greyByte, tileColumns, tilePlace } from "@autoencoder/model";
import type { PictureEvidence } from "@autoencoder/model/grading";
import { pictureSide } from "../../shared/pixels.ts";

/** An MNIST digit. */
const size = { rows: pictureSide, columns: pictureSide };

/** A PNG's pixels, four bytes each. */
interface Decoded {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** A PNG of a run, decoded without any correction of its colours. @throws Error in one line */
export async function decodePicture(address: string): Promise<Decoded> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new Error(`the picture did not load (${response ? response.status : "no connection"})`);
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: "none" }).catch(
    () => undefined,
  );
  if (!bitmap) throw new Error("the picture does not open as a PNG");
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser does not let the page look into the picture");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** One digit of the picture as bytes, read in the middle of each of its squares; undefined where it does not fit in. */
function cutTile({ data, width, height }: Decoded, row: "original" | "reconstruction", position: number) {
  const { x, y, step } = tilePlace(width, row, position, size);
  if (x < 0 || x + size.columns * step > width || y + size.rows * step > height) return undefined;
  return Uint8Array.from({ length: size.rows * size.columns }, (_, at) => {
    const down = y + Math.floor(at / size.columns) * step + step / 2;
    const across = x + (at % size.columns) * step + step / 2;
    return data[(down * width + across) * 4] as number;
  });
}

/** The picture's tiles against the test digits that they should be, and against what the weights give for them. */
export function comparePicture(
  picture: Decoded,
  digits: readonly { original: Uint8Array; rebuilt: Float32Array }[],
): PictureEvidence {
  const shown = Math.min(tileColumns(picture.width, size), digits.length);
  let [originals, reconstructions] = [0, 0];
  for (const [position, { original, rebuilt }] of digits.slice(0, shown).entries()) {
    const bytes = rebuilt.map(greyByte);
    originals = Math.max(originals, greatestDifference(cutTile(picture, "original", position), original));
    reconstructions = Math.max(
      reconstructions,
      greatestDifference(cutTile(picture, "reconstruction", position), bytes),
    );
  }
  return { digits: shown, originals, reconstructions, selection: "the first of each class" };
}

/** Greatest difference of two pictures of bytes, as pixels in [0, 1]; 1 where there is no tile. */
function greatestDifference(tile: Uint8Array | undefined, expected: ArrayLike<number>): number {
  if (!tile) return 1;
  return tile.reduce((most, byte, at) => Math.max(most, Math.abs(byte - (expected[at] as number))), 0) / 255;
}
