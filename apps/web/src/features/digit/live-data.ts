import type { NetworkFiles, RemoteFile } from "../../network/index.ts";
import type { EncodedDigit } from "./digits.ts";

/** What the server hands to a page whose figures come to life. */
export interface LiveData {
  network: NetworkFiles;
  /** `weightsKey` of the run: names the network whose results may be shown. */
  weights: string;
  /** The trainer's recorded codes and reconstructions. */
  samples: RemoteFile;
  /** Address of the first test images, 784 bytes each, all recorded samples among them. */
  pictures: string;
  /** The recorded samples: place among the test images, and which digit it is. */
  digits: readonly { index: number; label: number }[];
  /** Of each class its first sample: 784 bytes in base64. */
  classes: readonly { sample: number; label: number; pixels: string }[];
  first: EncodedDigit;
  /** What the trainer recorded of every map over all test digits; undefined for runs without it. */
  statistics: RemoteFile | undefined;
  /** Addresses of the first digit's pictures begin with this: `…/strip.png`, `…/LAYER.png`. */
  drawn: string;
}
