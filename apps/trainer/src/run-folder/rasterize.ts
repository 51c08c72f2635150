import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pictureTiles } from "@autoencoder/model";
import { Resvg } from "@resvg/resvg-js";

const require = createRequire(import.meta.url);
const fonts = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");

/** The font family of pictures; its files come with npm, so that every machine draws the same. */
export const fontFamily = "DejaVu Sans";

/** An SVG as the bytes of a PNG, enlarged by `pictureTiles.zoom`. */
export function rasterize(svg: string): Uint8Array {
  const resvg = new Resvg(svg, {
    fitTo: { mode: "zoom", value: pictureTiles.zoom },
    font: {
      loadSystemFonts: false,
      fontFiles: [join(fonts, "DejaVuSans.ttf"), join(fonts, "DejaVuSans-Bold.ttf")],
      defaultFontFamily: fontFamily,
    },
  });
  return new Uint8Array(resvg.render().asPng());
}

/** Text that may stand in SVG. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] as string);
}
