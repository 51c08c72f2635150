import type { AutoencoderSpec } from "@autoencoder/model";
import * as z from "zod/mini";

/**
 * Everything that a page can ask its model worker: the types of both ends follow from this table. Inputs are parsed in
 * the worker and outputs in the page, so that a worker left over from an older build is not believed.
 */

const floats = z.instanceof(Float32Array<ArrayBufferLike>);
const integers = z.instanceof(Int32Array<ArrayBufferLike>);
/** Pixels of 0 to 255, row-major, one digit after the other. */
const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);
/** Names a digit that was passed through the network: a question about an older one is answered with `superseded`. */
const pass = z.int();
/** Name of a layer that makes numbers of its own (`mapLayersOf`). */
const layer = z.string();
/** What a switched-off map is set to: its mean over the test digits, or 0. */
const replacement = z.enum(["mean", "zero"]);

/** A file of a run: where it is, and what it must be. */
const remoteFile = z.object({
  /** Address on this site, `/files/RUN/SHA256/PATH`. */
  address: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});

const modelFiles = z.object({ model: remoteFile, weights: remoteFile });

/** A run's network for the page: its spec and its two parts as tfjs-format files. */
const networkFiles = z.object({
  run: z.string(),
  /** Parsed with run.json, on the server or in the page; here only its outline is looked at. */
  spec: z.custom<AutoencoderSpec>(
    (value) =>
      Array.isArray((value as Partial<AutoencoderSpec> | null)?.encoder?.layers) &&
      Array.isArray((value as Partial<AutoencoderSpec> | null)?.decoder?.layers),
  ),
  encoder: modelFiles,
  decoder: modelFiles,
});

export const procedures = {
  /** Loads the network. The client does it before the first question. */
  open: {
    input: networkFiles,
    output: z.object({
      /** From the request until the network could compute. */
      milliseconds: z.number(),
      /** Bytes that were fetched. */
      bytes: z.int(),
    }),
  },
  /** One digit through the whole network. */
  reconstruct: {
    input: z.object({
      pass,
      /** [784] in [0, 1] */
      pixels: floats,
      /** Whether all numbers of all layers are asked for, not the code and the picture alone. */
      everything: z.boolean(),
    }),
    output: z.object({
      pass,
      /** [latent] */
      latent: floats,
      /** [784] in [0, 1] */
      reconstruction: floats,
      mse: z.number(),
      /** The numbers of all layers, layer after layer, where they were asked for. */
      all: z.optional(floats),
      milliseconds: z.number(),
    }),
  },
  /** The picture that the decoder paints from a code. */
  decode: {
    input: z.object({ latent: floats }),
    output: z.object({ reconstruction: floats }),
  },
  /** Compares the network here with the trainer's recorded samples. */
  verify: {
    input: z.object({ samples: remoteFile, pictures: bytes }),
    output: z.object({
      /** How many digits were compared. */
      count: z.int(),
      /** Greatest difference between this page's output and the trainer's recorded one. */
      latent: z.number(),
      pixel: z.number(),
    }),
  },
  /** A layer's kernel and bias; empty where it has none. */
  weights: {
    input: z.object({ layer }),
    output: z.object({ kernel: floats, bias: floats }),
  },
  /** How one rebuilt pixel answers to every pixel of the input. */
  influence: {
    input: z.object({ pass, row: z.int(), column: z.int() }),
    /** [784]: ∂ŷ(row, column)/∂x */
    output: z.object({ gradient: floats }),
  },
  /** Loads what the trainer recorded of every map over all test digits; maps can then be set to their mean. */
  statistics: {
    input: z.object({ file: remoteFile }),
    /** Least and greatest value of each feature map over all test digits. */
    output: z.object({ layers: z.array(z.object({ layer, least: floats, greatest: floats })) }),
  },
  /** The digit of a pass rebuilt with one map switched off. */
  switchOff: {
    input: z.object({ pass, layer, map: z.int(), to: replacement }),
    output: z.object({ reconstruction: floats, mse: z.number() }),
  },
  /** What each map's absence costs; in pieces. */
  damage: {
    input: z.object({
      pass,
      layer,
      to: replacement,
      /** Digits to rebuild instead of the one of the pass. */
      pictures: z.optional(bytes),
    }),
    output: z.object({
      /** For each map of the layer: how much the MSE rises without it, the mean over the digits. */
      rises: floats,
      /** How many digits were rebuilt. */
      digits: z.int(),
    }),
  },
  /** Rebuilds many digits and compares them with their originals; in pieces. */
  measure: {
    input: z.object({
      pictures: bytes,
      /** The recipe's loss, by Keras's short name. */
      loss: z.enum(["mse", "bce"]),
      /** Among which to find each reconstruction's nearest. */
      originals: z.optional(bytes),
      /** Whether autoencoder(x) is to be compared with decoder(encoder(x)). */
      composition: z.boolean(),
    }),
    output: z.object({
      /** Of each digit. */
      mse: floats,
      loss: floats,
      /** For each reconstruction the number of the nearest original. */
      nearest: z.optional(integers),
      /** Greatest difference between autoencoder(x) and decoder(encoder(x)). */
      composition: z.optional(z.number()),
    }),
  },
};

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type Input<Name extends ProcedureName> = z.infer<Procedures[Name]["input"]>;
export type Output<Name extends ProcedureName> = z.infer<Procedures[Name]["output"]>;

export type RemoteFile = z.infer<typeof remoteFile>;
export type NetworkFiles = z.infer<typeof networkFiles>;
export type Replacement = z.infer<typeof replacement>;
