/** The pages that are measured. */
export const pages = [
  "/",
  "/viewer",
  "/stuck",
  "/program",
  "/teach",
  "/chapters/the-run-at-a-glance",
  "/chapters/squeeze-and-rebuild",
  "/chapters/the-data",
  "/chapters/convolution-pixel-by-pixel",
  "/chapters/the-whole-network",
  "/chapters/counting",
  "/chapters/training",
  "/chapters/when-it-prints-black",
  "/chapters/reconstructions",
  "/chapters/the-latent-space",
  "/chapters/conclude-run-hand-in",
];
