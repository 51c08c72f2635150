import { greyByte, pictureTiles } from "@autoencoder/model";
import { escapeXml, fontFamily } from "./rasterize.ts";

/** Test pictures and what a run makes of them. */
export interface Reconstructions {
  rows: number;
  columns: number;
  items: readonly {
    /** Number of the test image. */
    index: number;
    label: number;
    /** [rows, columns] flat, 0 to 1. */
    original: Float32Array;
    reconstruction: Float32Array;
    mse: number;
  }[];
}

const { scale, gap, left, top } = pictureTiles;

/** Originals above, their reconstructions below, as SVG. */
export function reconstructionsSvg({ rows, columns, items }: Reconstructions, name: string): string {
  const tall = rows * scale;
  const wide = columns * scale;
  const width = left + items.length * (wide + gap) + gap;
  const height = top + 2 * (tall + gap) + 74;
  const second = top + tall + gap;
  const columnsOf = items.flatMap(({ index, label, original, reconstruction, mse }, position) => {
    const x = left + position * (wide + gap);
    const middle = `x="${x + wide / 2}" text-anchor="middle"`;
    return [
      picture(original, columns, { x, y: top }),
      picture(reconstruction, columns, { x, y: second }),
      `<text ${middle} y="${second + tall + 18}" font-size="12">MSE ${mse.toFixed(4)}</text>`,
      `<text ${middle} y="${second + tall + 35}" font-size="11" fill="#5a5a5a">a ${label}, no. ${index}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}, sans-serif" shape-rendering="crispEdges">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="20" y="34" font-size="17" font-weight="bold">${escapeXml(`Originals and reconstructions of the run ${name}`)}</text>`,
    `<text x="20" y="${top + tall / 2 + 4}" font-size="13">original</text>`,
    `<text x="20" y="${second + tall / 2 + 4}" font-size="13">reconstruction</text>`,
    ...columnsOf,
    `<text x="20" y="${height - 12}" font-size="11" fill="#5a5a5a">The first test image of each digit; MSE over its pixels in [0, 1].</text>`,
    "</svg>",
  ].join("\n");
}

/** A digit, white on black, as one square for each pixel that is not black. */
function picture(pixels: Float32Array, columns: number, { x, y }: { x: number; y: number }): string {
  const rows = pixels.length / columns;
  const parts = [`<rect x="${x}" y="${y}" width="${columns * scale}" height="${rows * scale}" fill="#000000"/>`];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const grey = greyByte(pixels[row * columns + column] as number);
      if (grey === 0) continue;
      const place = `x="${x + column * scale}" y="${y + row * scale}" width="${scale}" height="${scale}"`;
      parts.push(`<rect ${place} fill="rgb(${grey},${grey},${grey})"/>`);
    }
  }
  return parts.join("");
}
