import type { MDXContent } from "mdx/types";
import SqueezeAndRebuild from "./01-squeeze-and-rebuild/squeeze-and-rebuild.mdx";
import TheData from "./02-the-data/the-data.mdx";
import ConvolutionPixelByPixel from "./03-convolution-pixel-by-pixel/convolution-pixel-by-pixel.mdx";
import TheWholeNetwork from "./04-the-whole-network/the-whole-network.mdx";
import Counting from "./05-counting/counting.mdx";
import Training from "./06-training/training.mdx";
import WhenItPrintsBlack from "./07-when-it-prints-black/when-it-prints-black.mdx";
import Reconstructions from "./08-reconstructions/reconstructions.mdx";
import TheLatentSpace from "./09-the-latent-space/the-latent-space.mdx";
import WhatWouldImproveIt from "./10-what-would-improve-it/what-would-improve-it.mdx";
import HandItIn from "./11-hand-it-in/hand-it-in.mdx";
import type { Chapter } from "./chapters.ts";

/**
 * The prose of the chapters with the figures that they import. Apart from `chapters.ts`: whatever imports this file has the
 * scripts and styles of all chapters among its own.
 */
const contents: Readonly<Record<string, MDXContent>> = {
  "squeeze-and-rebuild": SqueezeAndRebuild,
  "the-data": TheData,
  "convolution-pixel-by-pixel": ConvolutionPixelByPixel,
  "the-whole-network": TheWholeNetwork,
  counting: Counting,
  training: Training,
  "when-it-prints-black": WhenItPrintsBlack,
  reconstructions: Reconstructions,
  "the-latent-space": TheLatentSpace,
  "what-would-improve-it": WhatWouldImproveIt,
  "hand-it-in": HandItIn,
};

/** A chapter's MDX. @throws Error for a chapter that has none */
export function contentOf({ slug }: Chapter): MDXContent {
  const content = contents[slug];
  if (!content) throw new Error(`expected the MDX of the chapter "${slug}" in content/chapter-contents.ts`);
  return content;
}
