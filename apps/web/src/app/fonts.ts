import localFont from "next/font/local";

/**
 * The site's three faces, self-hosted from the Fontsource packages: preloaded, with fallbacks of the same widths, and
 * `optional`, so that no line breaks anew after the first paint. Options must be literals: Next reads them at build time.
 */

export const reading = localFont({
  src: "../../../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  variable: "--font-reading",
  weight: "200 900",
  display: "optional",
  adjustFontFallback: "Times New Roman",
});
export const ui = localFont({
  src: "../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-ui",
  weight: "100 900",
  display: "optional",
  adjustFontFallback: "Arial",
});
export const mono = localFont({
  src: "../../../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-mono",
  weight: "100 800",
  display: "optional",
  adjustFontFallback: false,
  fallback: ["ui-monospace", "monospace"],
});
