import { tileColumns, tilePlace } from "@autoencoder/model";
import { expect, it } from "vitest";
import { reconstructionsSvg } from "./reconstructions.ts";

it.each([1, 4, 10])("a picture of %i digits is cut where it was drawn", (count) => {
  const black = new Float32Array(784);
  const items = Array.from({ length: count }, (_, index) => ({
    index,
    label: index,
    original: black,
    reconstruction: black,
    mse: 0,
  }));
  const svg = reconstructionsSvg({ rows: 28, columns: 28, items }, "some");
  const width = Number(/<svg [^>]*width="(\d+)"/.exec(svg)?.[1]);
  const drawn = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="84" height="84"/g)].map(([, x, y]) =>
    [x, y].map(Number),
  );
  const size = { rows: 28, columns: 28 };
  expect(tileColumns(2 * width, size)).toBe(count); // the PNG is twice as wide as the drawing
  const cut = items.flatMap((_, position) =>
    (["original", "reconstruction"] as const).map((row) => {
      const { x, y, step } = tilePlace(2 * width, row, position, size);
      expect(step).toBe(6);
      return [x / 2, y / 2];
    }),
  );
  expect(cut).toEqual(drawn);
});
