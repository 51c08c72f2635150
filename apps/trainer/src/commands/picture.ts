import { readFile } from "node:fs/promises";
import { greyByte } from "@autoencoder/model";
import { Resvg } from "@resvg/resvg-js";
import { shownPath } from "../paths.ts";

/** A picture as a network takes it, and what was done to make it one. */
export interface Picture {
  /** [rows, columns] flat, 0 to 1, white on black. */
  pixels: Float32Array;
  changes: readonly string[];
}

/** Bytes of a PNG that is read. */
const most = 50_000_000;

/** A PNG in grey at the network's size. @throws Error of one line where it is none */
export async function readPicture(
  path: string,
  { rows, columns }: { rows: number; columns: number },
): Promise<Picture> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${shownPath(path)}: expected a PNG but it cannot be read: ${cause.code}; check the path`, {
      cause,
    });
  });
  const size = pngSize(bytes);
  if (!size || bytes.length > most) {
    throw new Error(`${shownPath(path)}: expected a PNG of at most ${most / 1e6} MB but it is none; convert it first`);
  }
  const changes: string[] = [];
  if (size.width !== columns || size.height !== rows) {
    changes.push(`drawn at ${columns} × ${rows} instead of ${size.width} × ${size.height}`);
  }
  const { pixels, coloured } = greyOf(draw(bytes, path, { rows, columns }));
  if (coloured) changes.push("its colours taken as grey");
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  if (mean > 0.5) {
    changes.push("turned to white on black, as MNIST is");
    for (const [at, value] of pixels.entries()) pixels[at] = 1 - value;
  }
  return { pixels, changes };
}

/** A picture as the bytes of a PNG. @param pixels [rows, columns] flat, 0 to 1 */
export function pngOf(pixels: Float32Array, columns: number): Uint8Array {
  const rows = pixels.length / columns;
  const squares = Array.from(pixels, (value, at) => {
    const grey = greyByte(value);
    const place = `x="${at % columns}" y="${Math.floor(at / columns)}" width="1" height="1"`;
    return `<rect ${place} fill="rgb(${grey},${grey},${grey})"/>`;
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${columns}" height="${rows}" shape-rendering="crispEdges">`;
  return new Uint8Array(new Resvg(`${head}${squares.join("")}</svg>`, withoutFonts).render().asPng());
}

const withoutFonts = { font: { loadSystemFonts: false } } as const;

/** Width and height, from the first chunk; undefined for what is no PNG. */
function pngSize(bytes: Buffer): { width: number; height: number } | undefined {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(signature)) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Its pixels as red, green, blue, alpha; what is transparent is black. */
function draw(bytes: Buffer, path: string, { rows, columns }: { rows: number; columns: number }): Uint8Array {
  const href = `data:image/png;base64,${bytes.toString("base64")}`;
  const image = `<image width="${columns}" height="${rows}" preserveAspectRatio="none" href="${href}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${columns}" height="${rows}">${image}</svg>`;
  try {
    return new Uint8Array(new Resvg(svg, { ...withoutFonts, background: "#000000" }).render().pixels);
  } catch (cause) {
    throw new Error(`${shownPath(path)}: expected a PNG but it is damaged; save it again`, { cause });
  }
}

/** Luminance as in ITU-R BT.601, 0 to 1. */
function greyOf(rgba: Uint8Array): { pixels: Float32Array; coloured: boolean } {
  let coloured = false;
  const pixels = Float32Array.from({ length: rgba.length / 4 }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(4 * at, 4 * at + 3);
    if (red !== green || green !== blue) coloured = true;
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  });
  return { pixels, coloured };
}
