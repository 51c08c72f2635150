import type { AutoencoderSpec } from "@autoencoder/model";
import * as v from "valibot";

/**
 * Everything that a page can ask its model worker: the types of both ends follow from this table. Inputs are parsed in
 * the worker and outputs in the page, so that a worker left over from an older build is not believed.
 */

const floats = v.instance(Float32Array<ArrayBufferLike>);
/** [784] in [0, 1]; NaN is neither. */
const pixels = v.pipe(
  floats,
  v.check((values) => values.every((value) => value >= 0 && value <= 1)),
);
/** Of which a network can compute something. */
const code = v.pipe(
  floats,
  v.check((values) => values.every(Number.isFinite)),
);
const integers = v.instance(Int32Array<ArrayBufferLike>);
const integer = v.pipe(v.number(), v.integer());
/** Pixels of 0 to 255, row-major, one digit after the other. */
const bytes = v.instance(Uint8Array<ArrayBufferLike>);
/** Names a digit that was passed through the network: a question about an older one is answered with `superseded`. */
const pass = integer;
/** Name of a layer that makes numbers of its own (`mapLayersOf`). */
const layer = v.string();
/** What a switched-off map is set to: its mean over the test digits, or 0. */
const replacement = v.picklist(["mean", "zero"]);

/** A file of a run: where it is, and what it must be. */
const remoteFile = v.object({
  /** Address on this site, `/files/RUN/SHA256/PATH`. */
  address: v.string(),
  bytes: integer,
  sha256: v.string(),
});

const modelFiles = v.object({ model: remoteFile, weights: remoteFile });

/** A run's network for the page: its spec and its two parts as tfjs-format files. */
const networkFiles = v.object({
  run: v.string(),
  /** Parsed with run.json, on the server or in the page; here only its outline is looked at. */
  spec: v.custom<AutoencoderSpec>(
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
    output: v.object({
      /** From the request until the network could compute. */
      milliseconds: v.number(),
      /** Bytes that were fetched. */
      bytes: integer,
    }),
  },
  /** One digit through the whole network. */
  reconstruct: {
    input: v.object({
      pass,
      pixels,
      /** Whether all numbers of all layers are asked for, not the code and the picture alone. */
      everything: v.boolean(),
    }),
    output: v.object({
      pass,
      /** [latent] */
      latent: floats,
      /** [784] in [0, 1] */
      reconstruction: floats,
      mse: v.number(),
      /** The numbers of all layers, layer after layer, where they were asked for. */
      activations: v.optional(floats),
      milliseconds: v.number(),
    }),
  },
  /** The picture that the decoder paints from a code. */
  decode: {
    input: v.object({
      latent: code,
      /** Whether the numbers of all layers from the code on are asked for, not the picture alone. */
      everything: v.optional(v.boolean()),
    }),
    output: v.object({
      reconstruction: floats,
      /** The code and the decoder's layers, layer after layer, where they were asked for. */
      numbers: v.optional(floats),
    }),
  },
  /** One digit through the network of another run, which is loaded with the first question. */
  reconstructBy: {
    input: v.object({ network: networkFiles, pixels }),
    output: v.object({
      /** [latent] */
      latent: floats,
      /** [784] in [0, 1] */
      reconstruction: floats,
      mse: v.number(),
    }),
  },
  /** The pictures that the decoder of another run paints from codes; it is loaded with the first question. */
  decodeBy: {
    input: v.object({
      network: networkFiles,
      /** [codes × latent] */
      latents: code,
    }),
    /** [codes × 784] */
    output: v.object({ reconstructions: floats }),
  },
  /** What the picture of a code owes to each of its values: how it changes when one is pulled to an end; in pieces. */
  pulls: {
    input: v.object({ latent: code, low: code, high: code }),
    output: v.object({
      /** [2 × latent]: the MSE between the picture and that with value n at its low end (2n) and at its high one (2n + 1). */
      changes: floats,
    }),
  },
  /** Pictures rebuilt with some of the network's bends taken away; in pieces. */
  bends: {
    input: v.object({
      /** Digits of [784] in [0, 1], one after the other. */
      pictures: pixels,
      /** Layers whose activation is left out. */
      straight: v.array(layer),
      /** Whether pooling takes each window's mean and not its greatest value. */
      averaged: v.boolean(),
    }),
    output: v.object({
      /** What the last layer makes of each: greys, or its sums where its activation is left out. */
      rebuilt: floats,
    }),
  },
  /** Compares the network here with the trainer's recorded samples. */
  verify: {
    input: v.object({ samples: remoteFile, pictures: bytes }),
    output: v.object({
      /** How many digits were compared. */
      count: integer,
      /** Greatest difference between this page's output and the trainer's recorded one. */
      latent: v.number(),
      pixel: v.number(),
    }),
  },
  /** A layer's kernel and bias; empty where it has none. */
  weights: {
    input: v.object({ layer }),
    output: v.object({ kernel: floats, bias: floats }),
  },
  /** How one rebuilt pixel answers to every pixel of the input. */
  influence: {
    input: v.object({ pass, row: integer, column: integer }),
    /** [784]: ∂ŷ(row, column)/∂x */
    output: v.object({ gradient: floats }),
  },
  /** Loads what the trainer recorded of every map over all test digits; maps can then be set to their mean. */
  statistics: {
    input: v.object({ file: remoteFile }),
    /** Least and greatest value of each feature map over all test digits. */
    output: v.object({ layers: v.array(v.object({ layer, least: floats, greatest: floats })) }),
  },
  /** The digit of a pass rebuilt with one map switched off. */
  switchOff: {
    input: v.object({ pass, layer, map: integer, to: replacement }),
    output: v.object({ reconstruction: floats, mse: v.number() }),
  },
  /** What each map's absence costs; in pieces. */
  damage: {
    input: v.object({
      pass,
      layer,
      to: replacement,
      /** Digits to rebuild instead of the one of the pass. */
      pictures: v.optional(bytes),
    }),
    output: v.object({
      /** For each map of the layer: how much the MSE rises without it, the mean over the digits. */
      rises: floats,
      /** How many digits were rebuilt. */
      digits: integer,
    }),
  },
  /** Rebuilds many digits and compares them with their originals; in pieces. */
  measure: {
    input: v.object({
      pictures: bytes,
      /** The recipe's loss, by Keras's short name. */
      loss: v.picklist(["mse", "bce"]),
      /** Among which to find each reconstruction's nearest. */
      originals: v.optional(bytes),
      /** Whether autoencoder(x) is to be compared with decoder(encoder(x)). */
      composition: v.boolean(),
    }),
    output: v.object({
      /** Of each digit. */
      mse: floats,
      loss: floats,
      /** For each reconstruction the number of the nearest original. */
      nearest: v.optional(integers),
      /** Greatest difference between autoencoder(x) and decoder(encoder(x)). */
      composition: v.optional(v.number()),
    }),
  },
};

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type Input<Name extends ProcedureName> = v.InferOutput<Procedures[Name]["input"]>;
export type Output<Name extends ProcedureName> = v.InferOutput<Procedures[Name]["output"]>;

export type RemoteFile = v.InferOutput<typeof remoteFile>;
export type NetworkFiles = v.InferOutput<typeof networkFiles>;
export type Replacement = v.InferOutput<typeof replacement>;
