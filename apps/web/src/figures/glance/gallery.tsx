import { encodePng, greyPixels } from "@autoencoder/ui";
import type { RunSource, Samples } from "../../run-source/run-source.ts";
import { GalleryFilter } from "./gallery-filter.tsx";

/** The recorded samples: each original above its reconstruction. */
export async function Gallery({ source }: { source: RunSource }) {
  const samples = await source.samples().catch((error: unknown) => (error as Error).message);
  if (typeof samples === "string") {
    return (
      <div className="notice" role="note">
        <p>The recorded reconstructions cannot be shown: {samples}</p>
      </div>
    );
  }
  return (
    <figure className="wide">
      <GalleryFilter
        items={Array.from({ length: samples.count }, (_, index) => ({
          index: samples.indices[index] as number,
          label: samples.labels[index] as number,
          mse: samples.mse[index] as number,
          original: picture(samples, "originals", index),
          reconstruction: picture(samples, "reconstructions", index),
        }))}
      />
      <figcaption>
        The first ten test images of every digit, as the trainer recorded them: original above, reconstruction below,
        with the mean squared error of its 784 pixels.
      </figcaption>
    </figure>
  );
}

function picture(samples: Samples, kind: "originals" | "reconstructions", index: number): string {
  const pixels = samples[kind].subarray(index * 784, (index + 1) * 784);
  return `data:image/png;base64,${Buffer.from(encodePng(greyPixels(pixels, 28))).toString("base64")}`;
}
