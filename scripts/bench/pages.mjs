/** The pages that are measured. */
export const pages = [
  "/",
  "/viewer",
  "/chapters/the-run-at-a-glance",
  "/chapters/squeeze-and-rebuild",
  "/chapters/convolution-pixel-by-pixel",
  "/chapters/the-whole-network",
  "/chapters/counting",
];
