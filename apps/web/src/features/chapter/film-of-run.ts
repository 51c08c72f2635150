import { readTable, tensor } from "@autoencoder/model";
import { fetchBytes } from "../../shared/fetch-numbers.ts";

/** A training's film as the server hands it to the page; what changes from frame to frame is fetched when it is asked for. */
export interface FilmOfRun {
  name: string;
  /** At which the output layer's bias started. */
  outputBias: number;
  /** Of every frame: its training step, the loss of that step, the gradient's norm, the mean sums of ink and of black. */
  steps: number[];
  losses: number[];
  gradientNorms: number[];
  inkMeans: number[];
  blackMeans: number[];
  /** The first frame; digits as bytes in base64. */
  first: { digits: string; ink: number[]; black: number[]; live: number[] };
  /** Numbers of the test images that are rebuilt. */
  indices: number[];
  /** Address of the frames. */
  frames: string;
}

/** All frames of a film. */
export interface FilmFrames {
  /** [frames × digits × pixels], 0 to 255 */
  digits: Uint8Array;
  /** [frames × bins]: how many sums lie in each bin */
  ink: Int32Array;
  black: Int32Array;
  /** [frames × maps]: 1 where a map lives */
  live: Uint8Array;
}

/** @throws Error that says why they did not come */
export async function fetchFrames(address: string): Promise<FilmFrames> {
  const packed = await fetchBytes(address);
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const table = readTable(new Uint8Array(await new Response(unpacked).arrayBuffer()));
  const of = <Kind>(name: string) => tensor(table, name).data as Kind;
  return { digits: of("digits"), ink: of("ink"), black: of("black"), live: of("live") };
}
