import type { Metadata } from "next";
import { defaultRun } from "../../shared/default-run.ts";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { findRun } from "../run/current-run.ts";
import { siteTitle } from "./site-title.ts";

export interface Preview {
  /** The recorded sample that is shown with its code and rebuilt. */
  sample: number;
  /** The run that rebuilds it. */
  run?: string | undefined;
}

/** What a page says of itself, with the picture that a link to it is announced with (Open Graph). */
export async function withPreview(metadata: Metadata, { sample, run = defaultRun }: Preview): Promise<Metadata> {
  const loaded = await findRun(run);
  if (!loaded.ok) return metadata;
  const image = {
    url: `${drawnAddress(loaded.value)}/${sample}/preview.png`,
    width: 1200,
    height: 630,
    alt: "A handwritten digit, the 64 numbers that the network makes of it, and the digit that it rebuilds from them.",
  };
  return {
    ...metadata,
    openGraph: { type: "website", siteName: siteTitle, images: [image] },
    twitter: { card: "summary_large_image", images: [image.url] },
  };
}
