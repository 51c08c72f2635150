import { floatsOf } from "@autoencoder/data";
import { greyPixels, type Pixels8 } from "@autoencoder/ui";
import { decodeBytes, decodeFloats } from "./encoding.ts";

/** Where a digit comes from. */
export type DigitOrigin =
  | {
      kind: "test";
      /** Its place among the recorded samples; undefined for any other of the 10,000 test digits. */
      sample: number | undefined;
      /** Its place among the test images, from 0. */
      index: number;
      label: number;
    }
  | { kind: "drawn" };

/** A digit that the network has rebuilt. */
export interface RebuiltDigit {
  readonly origin: DigitOrigin;
  /** [784] in [0, 1] */
  readonly pixels: Float32Array;
  /** [latent] */
  readonly latent: Float32Array;
  /** [784] in [0, 1] */
  readonly reconstruction: Float32Array;
  /** The numbers of all layers and the pass that made them, where the page's own network did. */
  readonly activations?: { readonly pass: number; readonly values: Float32Array } | undefined;
}

/** A recorded sample as the server hands it to the page: numbers in base64, which React writes into a page as they are. */
export interface EncodedDigit {
  readonly sample: number;
  readonly index: number;
  readonly label: number;
  /** 784 bytes */
  readonly pixels: string;
  /** float32 */
  readonly latent: string;
  /** 784 of float32 */
  readonly reconstruction: string;
}

/** A recorded sample, opened. */
export function decodeDigit({ sample, index, label, pixels, latent, reconstruction }: EncodedDigit): RebuiltDigit {
  return {
    origin: { kind: "test", sample, index, label },
    pixels: floatsOf(decodeBytes(pixels)),
    latent: decodeFloats(latent),
    reconstruction: decodeFloats(reconstruction),
  };
}

/** A digit's pixels in [0, 1] as a square picture to be drawn. */
export function digitPicture(pixels: ArrayLike<number>): Pixels8 {
  return greyPixels(pixels, Math.sqrt(pixels.length));
}
