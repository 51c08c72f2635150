import localFont from "next/font/local";

/**
 * The site's three faces, self-hosted from the Fontsource packages, and used as soon as they are there, however slow the first
 * visit is. Until then styles/fallback-fonts.css holds their room. The two that sentences are set in are preloaded; the one of
 * numbers comes after them, since on a slow connection the first text waits for what is loaded beside it. Options must be
 * literals: Next reads them at build time.
 */

export const reading = localFont({
  src: "../../../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  variable: "--font-reading",
  weight: "200 900",
  display: "swap",
  adjustFontFallback: false,
});
export const ui = localFont({
  src: "../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-ui",
  weight: "100 900",
  display: "swap",
  adjustFontFallback: false,
});
export const mono = localFont({
  src: "../../../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-mono",
  weight: "100 800",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
});
